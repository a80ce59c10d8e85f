package com.astrobookings.logs.security;

import com.astrobookings.logs.security.client.TrustedProxies;
import com.astrobookings.logs.security.limit.AuthenticationThrottle;
import com.astrobookings.logs.security.limit.RateLimitFilter;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Configures the filter chain of all requests, on the server's port and the management port. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecurityProperties.class)
class SecurityConfiguration {

  @Bean
  static BeanFactoryPostProcessor startupCheck(Environment environment) {
    return beans -> StartupCheck.check(environment);
  }

  /** Makes the address of the client the remote address of each request. */
  @Bean
  NettyServerCustomizer clientAddress(SecurityProperties properties) {
    TrustedProxies proxies = properties.proxies();
    return server ->
        properties.trustedProxies().isEmpty() ? server : server.forwarded(proxies::clientOf);
  }

  @Bean
  ServerWebExchangeFirewall firewall() {
    return new FastFirewall();
  }

  /** Answers requests that the firewall rejects. */
  @Bean
  ServerExchangeRejectedHandler rejectedRequests() {
    return (exchange, reason) ->
        Mono.error(() ->
            new ProblemException(
                ProblemType.BAD_REQUEST,
                "The path, a header or a parameter name has characters that are not allowed"
                    + " there."));
  }

  @Bean
  SecurityWebFilterChain chain(SecurityProperties properties, Clock clock) {
    List<WebFilter> filters = new ArrayList<>();
    filters.add(new SecurityHeaders());
    if (properties.open()) {
      filters.add(new HostAndOriginFilter(properties));
    }
    if (!properties.allowedOrigins().isEmpty()) {
      filters.add(cors(properties.allowedOrigins()));
    }
    if (!properties.open()) {
      filters.add(authentication(properties, clock));
    }
    if (properties.requestsPerSecond() > 0) {
      filters.add(new RateLimitFilter(properties.requestsPerSecond(), System::nanoTime));
    }
    filters.add(new AuthorizationFilter(properties.open()));
    return new MatcherSecurityWebFilterChain(ServerWebExchangeMatchers.anyExchange(), filters);
  }

  private static CorsWebFilter cors(List<String> origins) {
    CorsConfiguration allowed = new CorsConfiguration();
    allowed.setAllowedOrigins(origins);
    allowed.setAllowedMethods(List.of("GET", "POST", "DELETE"));
    allowed.setAllowedHeaders(List.of("*"));
    allowed.setExposedHeaders(List.of("Link", "Location", "Retry-After", "X-Trace-Id"));
    return new CorsWebFilter(exchange -> allowed);
  }

  private static AuthenticationFilter authentication(SecurityProperties properties, Clock clock) {
    SecurityProperties.Jwt jwt = properties.jwt();
    return new AuthenticationFilter(
        new ApiKeys(properties.apiKeys()),
        jwt == null ? AuthenticationFilter::noTokens : JwtAuthentication.of(jwt),
        new AuthenticationFailures(new AuthenticationThrottle(System::nanoTime)),
        clock);
  }
}
