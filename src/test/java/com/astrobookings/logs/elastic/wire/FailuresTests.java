package com.astrobookings.logs.elastic.wire;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorResponse;
import com.astrobookings.logs.store.StoreUnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTests {

  @ParameterizedTest
  @CsvSource({
    "429, es_rejected_execution_exception, true",
    "429, circuit_breaking_exception, true",
    "429, cluster_block_exception, false",
    "503, es_rejected_execution_exception, false",
    "401, security_exception, false"
  })
  void onlyARejectedExecutionIsOverload(int status, String type, boolean overloaded) {
    assertThat(Failures.ofWrite(error(status, type)).overloaded()).isEqualTo(overloaded);
    assertThat(Failures.ofWrite(error(status, type)).reason())
        .isEqualTo("status " + status + ", " + type + ": why");
  }

  @Test
  void aRefusalOfWhatSomebodySentIsToldWithoutItsWords() {
    ElasticsearchException refusal = error(400, "query_shard_exception");

    assertThat(Failures.ofWrite(refusal).reason()).isEqualTo("status 400, query_shard_exception");
    assertThat(Failures.ofRead(refusal)).hasMessage("status 400, query_shard_exception");
    assertThat(Failures.describe(refusal)).isEqualTo("status 400, query_shard_exception: why");
  }

  @Test
  void aRefusalForTheStateOfTheClusterIsToldInItsWords() {
    assertThat(Failures.ofWrite(error(400, "validation_exception")).reason())
        .isEqualTo("status 400, validation_exception: why");
  }

  @Test
  void aReadThatTookTooLongIsToldFromOneThatFailed() {
    assertThat(Failures.ofRead(new TimeoutException()).timedOut()).isTrue();
    assertThat(Failures.ofRead(new IOException(new SocketTimeoutException())).timedOut()).isTrue();
    assertThat(Failures.ofRead(new ConnectException()).timedOut()).isFalse();
    assertThat(Failures.ofRead(error(503, "any")).timedOut()).isFalse();
  }

  @Test
  void aSearchThatShardsDidNotFinishTookTooLong() {
    ElasticsearchException failure =
        new ElasticsearchException(
            "es/search",
            ErrorResponse.of(r ->
                r.status(429)
                    .error(e ->
                        e.type("search_phase_execution_exception")
                            .reason("Partial shards failure")
                            .rootCause(
                                c -> c.type("search_timeout_exception").reason("Time exceeded")))));
    assertThat(Failures.ofRead(failure).timedOut()).isTrue();
    assertThat(Failures.ofRead(failure))
        .hasMessage(
            "status 429, search_phase_execution_exception: Partial shards failure;"
                + " search_timeout_exception: Time exceeded");
  }

  @Test
  void whatIsKnownToBeUnavailableStaysAsItIs() {
    StoreUnavailableException known = new StoreUnavailableException("known", null, true);
    assertThat(Failures.ofRead(known)).isSameAs(known);
  }

  @Test
  void aLostConnectionIsToldFromOneThatNeverWas() {
    assertThat(Failures.isLostConnection(new IOException(new SocketException("reset")))).isTrue();
    assertThat(Failures.isLostConnection(new ConnectionClosedException())).isTrue();
    assertThat(Failures.isLostConnection(new NoHttpResponseException("none"))).isTrue();
    assertThat(Failures.isLostConnection(new ConnectException())).isFalse();
    assertThat(Failures.isLostConnection(new TimeoutException())).isFalse();
    assertThat(Failures.isLostConnection(error(500, "any"))).isFalse();
  }

  private static ElasticsearchException error(int status, String type) {
    return new ElasticsearchException(
        "es/bulk", ErrorResponse.of(r -> r.status(status).error(e -> e.type(type).reason("why"))));
  }
}
