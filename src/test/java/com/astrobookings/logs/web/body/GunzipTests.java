package com.astrobookings.logs.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTests {

  private static final String TEXT = "{\"type\":\"ERROR\"}".repeat(1_000);
  private static final int LIMIT = 1_000_000;
  private static final int ALL_PARTS = 2 | 4 | 8 | 16;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 1_000_000})
  void decompressesPiecesOfAnySize(int size) {
    assertThat(gunzip(gzip(TEXT), size)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1_000_000})
  void joinsAllMembers(int size) {
    assertThat(gunzip(join(gzip("one "), gzip(""), gzip("two")), size)).isEqualTo("one two");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1_000_000})
  void passesOverEveryPartOfAHeader(int size) {
    assertThat(gunzip(withHeader(ALL_PARTS, 0), size)).isEqualTo(TEXT);
  }

  @Test
  void refusesADamagedHeader() {
    assertBroken(withHeader(ALL_PARTS, 1), "checksum of its header");
    assertBroken(withHeader(ALL_PARTS | 32, 0), "unknown flags");
  }

  @Test
  void refusesAFileThatEndsAnywhereBeforeItsEnd() {
    byte[] file = gzip("some text");
    for (int length = 1; length < file.length; length++) {
      assertBroken(Arrays.copyOf(file, length), "it ends before its end");
    }
  }

  @Test
  void neverTakesAFlippedBitOfTheDataOrTheTrailerForData() {
    byte[] file = gzip("some text");
    for (int bit = 10 * 8; bit < file.length * 8; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(textOrProblem(damaged)).as("bit " + bit).isIn("some text", "problem");
    }
  }

  /** Bits that pad the last byte of the data mean nothing. */
  private static String textOrProblem(byte[] file) {
    try {
      return gunzip(file, 1_000);
    } catch (ProblemException e) {
      return "problem";
    }
  }

  @Test
  void refusesWhatFollowsTheLastMember() {
    assertBroken(join(gzip("text"), new byte[] {0}), "not gzip");
    assertBroken(join(gzip("text"), "garbage".getBytes(UTF_8)), "not gzip");
    assertBroken(join(gzip("text"), new byte[] {0x1F}), "it ends before its end");
  }

  @Test
  void refusesWhatIsNotGzip() {
    assertBroken(TEXT.getBytes(UTF_8), "not gzip");
    assertBroken(new byte[] {0x1F, (byte) 0x8B, 7}, "not gzip");
  }

  @Test
  void takesExactlyTheLimitAndNotAByteMore() {
    assertThat(gunzip(gzip("x".repeat(LIMIT)), 512)).hasSize(LIMIT);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> gunzip(gzip("x".repeat(LIMIT + 1)), 512))
        .matches(e -> e.problem().type() == ProblemType.TOO_LARGE);
  }

  @Test
  void takesNothingAfterItWasClosed() {
    Body body = body();
    Gunzip gunzip = new Gunzip();
    gunzip.close();

    gunzip.feed(gzip(TEXT), body);

    assertThat(body.length()).isZero();
  }

  private static void assertBroken(byte[] file, String reason) {
    for (int size : new int[] {1, 1_000_000}) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> gunzip(file, size))
          .matches(e -> e.problem().type() == ProblemType.UNREADABLE_BODY)
          .withMessageContaining(reason);
    }
  }

  private static String gunzip(byte[] file, int size) {
    Body body = body();
    try (Gunzip gunzip = new Gunzip()) {
      for (int at = 0; at < file.length; at += size) {
        gunzip.feed(Arrays.copyOfRange(file, at, Math.min(file.length, at + size)), body);
      }
      gunzip.end();
    }
    return new String(body.bytes(), 0, body.length(), UTF_8);
  }

  private static Body body() {
    return new Body(LIMIT, 0, new MemoryBudget(10 * LIMIT).share());
  }

  private static byte[] withHeader(int flags, int error) {
    byte[] plain = gzip(TEXT);
    byte[] header =
        join(
            Arrays.copyOf(plain, 3),
            new byte[] {(byte) flags},
            Arrays.copyOfRange(plain, 4, 10),
            new byte[] {3, 0, 1, 2, 3},
            "name\0".getBytes(UTF_8),
            "comment\0".getBytes(UTF_8));
    CRC32 crc = new CRC32();
    crc.update(header);
    int checksum = (int) crc.getValue() + error;
    return join(
        header,
        new byte[] {(byte) checksum, (byte) (checksum >> 8)},
        Arrays.copyOfRange(plain, 10, plain.length));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
