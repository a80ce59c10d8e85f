package com.astrobookings.logs.kibana.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.kibana.Shell;
import com.astrobookings.logs.kibana.StandIn;
import com.astrobookings.logs.kibana.StandIn.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The health check of the image. */
class AliveTests {

  @Test
  void asksWhetherTheProcessWorks() {
    try (StandIn service = new StandIn(request -> new Answer(200, "{\"status\":\"UP\"}"))) {
      assertThat(alive(port(service)).status()).isZero();
      assertThat(service.targets()).containsExactly("GET /actuator/health/liveness");
    }
  }

  @Test
  void aServiceThatRefusesIsNotAlive() {
    try (StandIn service = new StandIn(request -> new Answer(503, "{\"status\":\"DOWN\"}"))) {
      assertThat(alive(port(service)).status()).isNotZero();
    }
  }

  @Test
  void noServiceIsNotAlive() {
    StandIn service = new StandIn(request -> new Answer(200, ""));
    service.close();
    assertThat(alive(port(service)).status()).isNotZero();
  }

  @Test
  void aServiceThatDoesNotAnswerIsNotAlive() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(alive(silent.getLocalPort()).status()).isNotZero();
    }
  }

  @Test
  void asksThePortOfTheProbesIfTheyHaveTheirOwn() throws IOException {
    try (ServerSocket encrypted = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StandIn probes = new StandIn(request -> new Answer(200, "{\"status\":\"UP\"}"))) {
      Map<String, String> ports =
          Map.of(
              "SERVER_PORT", Integer.toString(encrypted.getLocalPort()),
              "MANAGEMENT_SERVER_PORT", Integer.toString(port(probes)));
      assertThat(Shell.run(ports, "bash", "src/main/docker/alive.sh").status()).isZero();
    }
  }

  private static int port(StandIn service) {
    return URI.create(service.url()).getPort();
  }

  private static Shell alive(int port) {
    return Shell.run(
        Map.of("SERVER_PORT", Integer.toString(port)), "bash", "src/main/docker/alive.sh");
  }
}
