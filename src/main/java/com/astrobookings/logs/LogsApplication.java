package com.astrobookings.logs;

import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class LogsApplication {

  public static void main(String[] args) {
    try {
      SpringApplication.run(LogsApplication.class, args);
    } catch (AbandonedRunException command) {
      // A command was run in place of the service.
      if (command instanceof ExitCodeGenerator ended && ended.getExitCode() != 0) {
        System.exit(ended.getExitCode());
      }
    }
  }
}
