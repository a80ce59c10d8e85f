package com.astrobookings.logs.security;

import com.astrobookings.logs.security.client.TrustedProxies;
import com.astrobookings.logs.security.limit.RateLimit;
import com.astrobookings.logs.security.limit.RefusalLimit;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CorsSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.OAuth2ResourceServerSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.header.CrossOriginResourcePolicyServerHttpHeadersWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import reactor.core.publisher.Mono;

/** The one chain that every request passes. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecurityProperties.class)
class SecurityConfiguration {

  /** Enough for a page that describes the service; nothing from elsewhere, no frames. */
  private static final String CONTENT_POLICY =
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
          + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  @Bean
  static BeanFactoryPostProcessor startGuard(Environment environment) {
    return beans -> StartGuard.check(environment);
  }

  @Bean
  Refusals refusals(SecurityProperties properties) {
    return new Refusals(properties.open(), new RefusalLimit(System::nanoTime));
  }

  /** Makes the client's address that of every request, for whoever asks the request for it. */
  @Bean
  NettyServerCustomizer clientAddress(SecurityProperties properties) {
    TrustedProxies proxies = properties.proxies();
    return server -> server.forwarded(proxies::clientOf);
  }

  /**
   * Leaves methods to the table of routes: one that a path does not know, whatever its name, is
   * answered with those that it knows (RFC 9110, section 15.5.6).
   */
  @Bean
  ServerWebExchangeFirewall firewall() {
    StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    return firewall;
  }

  @Bean
  SecurityWebFilterChain chain(
      ServerHttpSecurity http, SecurityProperties properties, Refusals refusals, Clock clock) {
    ServerHttpSecurity chain =
        stateless(http)
            .headers(SecurityConfiguration::headers)
            .cors(cors(properties.allowedOrigins()))
            .exceptionHandling(
                spec -> spec.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
            .authorizeExchange(all -> all.anyExchange().access(new Gate(properties.open())));
    if (properties.requestsPerSecond() > 0) {
      chain.addFilterAfter(
          new RateLimit(properties.requestsPerSecond(), System::nanoTime),
          SecurityWebFiltersOrder.AUTHORIZATION);
    }
    chain.addFilterAfter(new MethodsAnswer(), SecurityWebFiltersOrder.AUTHORIZATION);
    return properties.open()
        ? chain.addFilterBefore(new BrowserGuard(properties), SecurityWebFiltersOrder.CORS).build()
        : chain.oauth2ResourceServer(bearer(properties, refusals, clock)).build();
  }

  private static ServerHttpSecurity stateless(ServerHttpSecurity http) {
    return http.csrf(CsrfSpec::disable)
        .httpBasic(HttpBasicSpec::disable)
        .formLogin(FormLoginSpec::disable)
        .logout(LogoutSpec::disable)
        .requestCache(RequestCacheSpec::disable)
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance());
  }

  private static void headers(HeaderSpec headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
  }

  private static Customizer<CorsSpec> cors(List<String> origins) {
    if (origins.isEmpty()) {
      return CorsSpec::disable;
    }
    CorsConfiguration allowed = new CorsConfiguration();
    allowed.setAllowedOrigins(origins);
    allowed.setAllowedMethods(List.of("GET", "POST", "DELETE"));
    allowed.setAllowedHeaders(List.of("*"));
    allowed.setExposedHeaders(List.of("Link", "Location", "Retry-After", "X-Trace-Id"));
    CorsConfigurationSource everywhere = exchange -> allowed;
    return spec -> spec.configurationSource(everywhere);
  }

  private static Customizer<OAuth2ResourceServerSpec> bearer(
      SecurityProperties properties, Refusals refusals, Clock clock) {
    SecurityProperties.Jwt jwt = properties.jwt();
    ReactiveAuthenticationManager tokens = jwt == null ? Credentials::noTokens : Tokens.of(jwt);
    Credentials credentials = new Credentials(new KeyRing(properties.apiKeys()), tokens, clock);
    return spec ->
        spec.authenticationManagerResolver(exchange -> Mono.just(credentials))
            .authenticationEntryPoint(refusals)
            .accessDeniedHandler(refusals)
            .authenticationFailureHandler(refusals);
  }
}
