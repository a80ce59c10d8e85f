package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.store.tail.InMemoryEventTail;
import com.astrobookings.logs.testing.EventStream;
import com.astrobookings.logs.testing.EventStream.Message;
import com.astrobookings.logs.web.Scope;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a tail shows to whom, and for how long. */
@SecuredServer
class TailCredentialsTests {

  private static final Instant NOW = Instant.parse("2024-08-11T09:30:00Z");

  @Autowired private InMemoryEventTail tail;
  @LocalServerPort private int port;

  @Test
  void leavesPersonalDataOut() throws Exception {
    try (EventStream reader = open("", TestKeys.of(Scope.READ));
        EventStream all = open("", TestKeys.ALL)) {
      await().until(() -> tail.open() == 2);
      tail.append(new Events(3).next(EventType.AUTH, "t-1", NOW));

      Message message = reader.next();

      assertThat(message.json().path("id").asString()).isEqualTo("t-1");
      assertThat(message.data()).doesNotContain("ipAddress", "userId", "email");
      assertThat(all.next().data()).contains("ipAddress");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?userId=u", "?q=words", "?q=source.ip:192.0.2.7", "?email=a@b.c&last=5"})
  void doesNotFollowByPersonalData(String question) throws Exception {
    try (EventStream refused = open(question, TestKeys.of(Scope.READ))) {
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.header("WWW-Authenticate")).contains("logs:pii");
    }
  }

  @Test
  void endsWithItsToken() throws Exception {
    TestIssuer issuer = TestIssuer.INSTANCE;
    // Tokens state seconds.
    Date end = Date.from(Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS));
    String token = issuer.signed(issuer.claims("logs:read").expirationTime(end).build());
    try (EventStream stream = open("", token)) {
      Message problem = stream.next();

      assertThat(stream.status()).isEqualTo(200);
      assertThat(Instant.now()).isAfterOrEqualTo(end.toInstant());
      assertThat(problem.event()).isEqualTo("problem");
      assertThat(problem.json().path("status").asInt()).isEqualTo(401);
      await().until(stream::isEnded);
    }
  }

  private EventStream open(String parameters, String credential) throws Exception {
    return EventStream.open(
        URI.create("http://127.0.0.1:" + port + "/api/v1/logs/tail" + parameters),
        null,
        "Authorization",
        "Bearer " + credential);
  }
}
