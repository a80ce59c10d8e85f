package com.astrobookings.logs;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class LogsApplication {

  public static void main(String[] args) {
    SpringApplication.run(LogsApplication.class, args);
  }
}
