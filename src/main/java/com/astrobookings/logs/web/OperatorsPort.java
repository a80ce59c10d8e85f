package com.astrobookings.logs.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Makes a second port, {@code management.server.port}, like the first. The framework gives it the
 * filters of the first, but not what was done to the HTTP server below. Named in {@code
 * META-INF/spring} for the context of that port; without an annotation that the context of the
 * first would find.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
final class OperatorsPort {

  @Bean
  static WebServerFactoryCustomizer<NettyReactiveWebServerFactory> sameServer(
      ObjectProvider<NettyServerCustomizer> customizers) {
    return factory -> customizers.orderedStream().forEach(factory::addServerCustomizers);
  }
}
