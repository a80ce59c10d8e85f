package com.astrobookings.logs.elastic;

import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchConnectionDetails;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchProperties;
import org.springframework.boot.elasticsearch.autoconfigure.Rest5ClientBuilderCustomizer;

/** What Spring Boot leaves out when it sets the client up. */
final class ClientSettings implements Rest5ClientBuilderCustomizer {

  private final ElasticsearchConnectionDetails details;
  private final Timeout longest;
  private final int connections;

  ClientSettings(
      ElasticsearchConnectionDetails details,
      ElasticsearchProperties boot,
      ElasticProperties properties) {
    this.details = details;
    this.longest = Timeout.of(longer(boot.getSocketTimeout(), properties.readTimeout()));
    this.connections = properties.connections();
  }

  /** Without the header each request is sent twice, its body included: 401 comes first. */
  @Override
  public void customize(Rest5ClientBuilder builder) {
    if (details.getUsername() != null && details.getApiKey() == null) {
      builder.setDefaultHeaders(new Header[] {basic()});
    }
  }

  /**
   * Disables what a request to Elasticsearch does not need and pays for: retries, which are decided
   * where their meaning is known; compressed responses, which cost both sides more processor time
   * than the network takes; redirects, cookies and cached credentials.
   */
  @Override
  public void customize(HttpAsyncClientBuilder builder) {
    builder
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching();
  }

  /**
   * The client waits for ever by default, whatever socket time-out the connection has. A read may
   * take longer than that one.
   */
  @Override
  public void customize(RequestConfig.Builder builder) {
    builder.setResponseTimeout(longest);
    builder.setConnectionRequestTimeout(longest);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  @Override
  public void customize(PoolingAsyncClientConnectionManagerBuilder builder) {
    builder.setMaxConnPerRoute(connections);
    builder.setMaxConnTotal(connections * Math.max(1, details.getNodes().size()));
  }

  private Header basic() {
    String password = details.getPassword() == null ? "" : details.getPassword();
    byte[] login = (details.getUsername() + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new BasicHeader(
        HttpHeaders.AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(login));
  }
}
