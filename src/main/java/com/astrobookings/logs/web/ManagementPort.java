package com.astrobookings.logs.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Applies the customizers of the HTTP server to the server of {@code management.server.port}, too:
 * Spring Boot gives it the filters of the first port, but not those. Registered in {@code
 * META-INF/spring} for the context of that port, and not annotated, so that component scanning of
 * the first does not find it.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
final class ManagementPort {

  @Bean
  static WebServerFactoryCustomizer<NettyReactiveWebServerFactory> sameServer(
      ObjectProvider<NettyServerCustomizer> customizers) {
    return factory -> customizers.orderedStream().forEach(factory::addServerCustomizers);
  }
}
