package com.astrobookings.logs.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextConfiguration;

/** Beside {@code @SpringBootTest}: the service uses the {@link TestElasticsearch} of the run. */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ContextConfiguration(initializers = TestElasticsearch.Initializer.class)
public @interface OnElasticsearch {}
