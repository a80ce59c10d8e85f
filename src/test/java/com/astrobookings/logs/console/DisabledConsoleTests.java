package com.astrobookings.logs.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.web.reactive.function.server.RouterFunction;

/** Whether the console is served. */
class DisabledConsoleTests {

  private final ReactiveWebApplicationContextRunner service =
      new ReactiveWebApplicationContextRunner().withUserConfiguration(ConsoleConfiguration.class);

  @Test
  void isServedUnlessItIsSwitchedOff() {
    service.run(context -> assertThat(context).hasSingleBean(RouterFunction.class));
    service
        .withPropertyValues("logs.console.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(RouterFunction.class));
  }
}
