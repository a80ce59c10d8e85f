package com.astrobookings.logs.features;

import com.astrobookings.logs.local.OnElasticsearch;
import io.cucumber.spring.CucumberContextConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The service that the scenarios talk to, on a free port. */
@CucumberContextConfiguration
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnElasticsearch
public class RunningService {}
