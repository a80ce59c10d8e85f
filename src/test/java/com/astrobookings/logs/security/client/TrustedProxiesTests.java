package com.astrobookings.logs.security.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.astrobookings.logs.event.value.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTests {

  private static final List<String> BLOCKS =
      List.of("127.0.0.1", "10.0.0.0/8", "2001:db8:a::/48", "::1");

  private static final String PEER = "10.0.0.9";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Whom nobody vouches for stays what the connection says.
        "192.0.2.1  | 198.51.100.7                          | 192.0.2.1",
        "192.0.2.1  | 10.0.0.1                              | 192.0.2.1",
        "10.0.0.9   |                                       | 10.0.0.9",
        "10.0.0.9   | ``                                    | 10.0.0.9",
        // One proxy, then a chain of them.
        "10.0.0.9   | 198.51.100.7                          | 198.51.100.7",
        "127.0.0.1  | 198.51.100.7                          | 198.51.100.7",
        "::1        | 2001:db8::7                           | 2001:db8::7",
        "10.0.0.9   | 198.51.100.7, 10.0.0.1, 10.0.0.2      | 198.51.100.7",
        "10.0.0.9   | 198.51.100.7,10.0.0.1                 | 198.51.100.7",
        "10.0.0.9   | 198.51.100.7\t,\t2001:db8:a::1        | 198.51.100.7",
        // Whatever the client has sent ahead.
        "10.0.0.9   | 127.0.0.1, 198.51.100.7               | 198.51.100.7",
        "10.0.0.9   | 10.0.0.1, 198.51.100.7, 10.0.0.2      | 198.51.100.7",
        "10.0.0.9   | nonsense, 198.51.100.7                | 198.51.100.7",
        "10.0.0.9   | \", 198.51.100.7                       | 198.51.100.7",
        // All are proxies: a request of the one farthest away.
        "10.0.0.9   | 10.0.0.1, 10.0.0.2                    | 10.0.0.1",
        // Ports and brackets, as some proxies write them.
        "10.0.0.9   | 198.51.100.7:4711                     | 198.51.100.7",
        "10.0.0.9   | [2001:db8::7]:4711                    | 2001:db8::7",
        "10.0.0.9   | [2001:db8::7]                         | 2001:db8::7",
        "10.0.0.9   | ::ffff:198.51.100.7                   | 198.51.100.7",
        "10.0.0.9   | 198.51.100.7, ::ffff:10.0.0.2         | 198.51.100.7",
        // What cannot be read ends the trace at the last that could.
        "10.0.0.9   | unknown                               | 10.0.0.9",
        "10.0.0.9   | 198.51.100.7, unknown, 10.0.0.2       | 10.0.0.2",
        "10.0.0.9   | 198.51.100.7, , 10.0.0.2              | 10.0.0.2",
        "10.0.0.9   | 198.51.100.7,                         | 10.0.0.9",
        "10.0.0.9   | 198.51.100.300                        | 10.0.0.9",
        "10.0.0.9   | 198.51.100.7:471100                   | 10.0.0.9",
        "10.0.0.9   | 198.51.100.7 10.0.0.1                 | 10.0.0.9",
        "10.0.0.9   | [2001:db8::7                          | 10.0.0.9",
        "10.0.0.9   | fe80::1%eth0                          | 10.0.0.9",
        "10.0.0.9   | localhost                             | 10.0.0.9",
        "10.0.0.9   | 0x7f000001                            | 10.0.0.9",
        "10.0.0.9   | 198.51.100.7%0d%0aX: 1                | 10.0.0.9",
        "10.0.0.9   | `198.51.100.7\r\nX-Forged: 1`         | 10.0.0.9",
        "10.0.0.9   | `198.51.100.7\u0000`                  | 10.0.0.9",
        "10.0.0.9   | for=198.51.100.7                      | 10.0.0.9"
      })
  void readsTheDeFactoHeaderFromItsEnd(String peer, String value, String client) {
    assertThat(client(ProxyHeader.X_FORWARDED_FOR, peer, value)).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "192.0.2.1  | for=198.51.100.7                                       | 192.0.2.1",
        "10.0.0.9   | for=198.51.100.7                                       | 198.51.100.7",
        "10.0.0.9   | For=198.51.100.7;Proto=http;BY=10.0.0.9                | 198.51.100.7",
        "10.0.0.9   | proto=http; by=_me; for=198.51.100.7                   | 198.51.100.7",
        "10.0.0.9   | for=198.51.100.7;;                                     | 198.51.100.7",
        "10.0.0.9   | for=\"198.51.100.7:4711\"                              | 198.51.100.7",
        "10.0.0.9   | for=\"198.51.100.7:_port\"                             | 198.51.100.7",
        "10.0.0.9   | for=\"[2001:db8::7]:4711\"                             | 2001:db8::7",
        "10.0.0.9   | for=\"[2001:db8::7]\", for=10.0.0.1                    | 2001:db8::7",
        "10.0.0.9   | for=\"198\\.51.100.7\"                                 | 198.51.100.7",
        // Commas and semicolons within quotes.
        "10.0.0.9   | for=198.51.100.7;x=\"a,b;c\"                           | 198.51.100.7",
        "10.0.0.9   | for=198.51.100.7;x=\",for=127.0.0.1\"                  | 198.51.100.7",
        "10.0.0.9   | for=198.51.100.7;x=\"\\\",for=127.0.0.1\"               | 198.51.100.7",
        // What the client has sent ahead.
        "10.0.0.9   | for=127.0.0.1, for=198.51.100.7                        | 198.51.100.7",
        "10.0.0.9   | for=\", for=198.51.100.7                               | 198.51.100.7",
        "10.0.0.9   | for=6.6.6.6;x=\", for=\"198.51.100.7\"                 | 198.51.100.7",
        "10.0.0.9   | for=6.6.6.6;x=\"\\, for=\"198.51.100.7\"               | 198.51.100.7",
        "10.0.0.9   | for=6.6.6.6;x=\", for=198.51.100.7;by=\"_p\"           | 198.51.100.7",
        "10.0.0.9   | ;;;=, for=198.51.100.7                                 | 198.51.100.7",
        // What says no address.
        "10.0.0.9   | for=unknown                                            | 10.0.0.9",
        "10.0.0.9   | for=198.51.100.7, for=_hidden, for=10.0.0.1            | 10.0.0.1",
        "10.0.0.9   | for=\"unknown:4711\"                                   | 10.0.0.9",
        "10.0.0.9   | by=10.0.0.1;host=example.com                           | 10.0.0.9",
        "10.0.0.9   | for=198.51.100.7;for=127.0.0.1                         | 10.0.0.9",
        "10.0.0.9   | for=2001:db8::7                                        | 10.0.0.9",
        "10.0.0.9   | for = 198.51.100.7                                     | 10.0.0.9",
        "10.0.0.9   | for=198.51.100.7, ,                                    | 10.0.0.9",
        "10.0.0.9   | 198.51.100.7                                           | 10.0.0.9",
        "10.0.0.9   | `for=\"198.51.100.7\r\n\"`                             | 10.0.0.9"
      })
  void readsTheStandardHeaderFromItsEnd(String peer, String value, String client) {
    assertThat(client(ProxyHeader.FORWARDED, peer, value)).isEqualTo(client);
  }

  @Test
  void takesSeveralLinesForOne() {
    TrustedProxies proxies = TrustedProxies.of(BLOCKS, ProxyHeader.X_FORWARDED_FOR);

    assertThat(text(proxies.client(peer(PEER), List.of("127.0.0.1", "198.51.100.7, 10.0.0.1"))))
        .isEqualTo("198.51.100.7");
  }

  @Test
  void followsAHundredHops() {
    String hops =
        "198.51.100.7"
            + IntStream.range(0, 100).mapToObj(i -> ", 10.1.1." + i).reduce("", String::concat);

    assertThat(client(ProxyHeader.X_FORWARDED_FOR, PEER, hops)).isEqualTo("198.51.100.7");
    assertThat(
            client(ProxyHeader.FORWARDED, PEER, hops.replace(" ", "for=").replaceFirst("", "for=")))
        .isEqualTo("198.51.100.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "a", "\"", "\",", "for=\"", "for=a;", "\\", "for=\"\\", " "})
  void isNotHeldUpByNonsense(String piece) {
    String nonsense = piece.repeat(60_000 / piece.length());

    assertTimeout(
        Duration.ofSeconds(2),
        () -> {
          for (ProxyHeader header : ProxyHeader.values()) {
            assertThat(client(header, PEER, nonsense)).isEqualTo(PEER);
          }
        });
  }

  @Test
  void believesNobodyUnlessConfigured() {
    TrustedProxies nobody = TrustedProxies.of(List.of(), ProxyHeader.X_FORWARDED_FOR);

    assertThat(nobody.client(peer("127.0.0.1"), List.of("198.51.100.7")))
        .isEqualTo(peer("127.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "proxy.example",
        "10.0.0.0/33",
        "10.0.0",
        "0.0.0.0/0",
        "::/0",
        "*",
        ""
      })
  void saysWhatIsNoBlock(String block) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustedProxies.of(List.of("10.0.0.1", block), ProxyHeader.FORWARDED))
        .withMessageContaining("logs.security.trusted-proxies")
        .withMessageEndingWith("must not have " + block);
  }

  private static String client(ProxyHeader header, String peer, String value) {
    return text(
        TrustedProxies.of(BLOCKS, header)
            .client(peer(peer), value == null ? List.of() : List.of(value)));
  }

  private static String text(InetSocketAddress client) {
    return Addresses.format(client.getAddress());
  }

  private static InetSocketAddress peer(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 4711);
  }
}
