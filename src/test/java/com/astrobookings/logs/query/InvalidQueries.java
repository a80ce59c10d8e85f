package com.astrobookings.logs.query;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Runs a test with each row of the table: parameters, which of them is bad, what is said of it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@CsvFileSource(resources = "/query/invalid-queries.csv", delimiter = '|', quoteCharacter = '`')
@interface InvalidQueries {}
