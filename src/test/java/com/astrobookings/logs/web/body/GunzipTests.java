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

class GunzipTests {

  private static final String TEXT = "{\"type\":\"ERROR\"}".repeat(1_000);
  private static final int LIMIT = 1_000_000;
  private static final int ALL_PARTS = 2 | 4 | 8 | 16;

  @Test
  void decompressesAFile() {
    assertThat(gunzip(gzip(TEXT))).isEqualTo(TEXT);
  }

  @Test
  void takesNoBytesForNoContent() {
    assertThat(gunzip(new byte[0])).isEmpty();
  }

  @Test
  void joinsAllMembers() {
    assertThat(gunzip(join(gzip("one "), gzip(""), gzip("two")))).isEqualTo("one two");
    assertThat(gunzip(join(gzip("one"), gzip("")))).isEqualTo("one");
  }

  @Test
  void passesOverEveryPartOfAHeader() {
    assertThat(gunzip(withHeader(ALL_PARTS, 0))).isEqualTo(TEXT);
  }

  @Test
  void refusesADamagedHeader() {
    assertInvalid(withHeader(ALL_PARTS, 1), "its header");
  }

  @Test
  void refusesAFileThatEndsAnywhereBeforeItsEnd() {
    byte[] file = gzip("some text");
    for (int length = 1; length < file.length; length++) {
      assertInvalid(Arrays.copyOf(file, length), "it ends in the middle");
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
      return gunzip(file);
    } catch (ProblemException e) {
      return "problem";
    }
  }

  @Test
  void refusesWhatFollowsTheLastMember() {
    assertInvalid(join(gzip("text"), new byte[] {0}), "not gzip");
    assertInvalid(join(gzip("text"), "garbage".getBytes(UTF_8)), "not gzip");
    assertInvalid(join(gzip("text"), new byte[] {0x1F}), "not gzip");
    for (int more = 1; more < 40; more++) {
      assertInvalid(join(gzip("text"), new byte[more]), "not gzip");
      assertInvalid(join(gzip("text"), gzip("more"), new byte[more]), "not gzip");
    }
  }

  @Test
  void refusesWhatIsNotGzip() {
    assertInvalid(TEXT.getBytes(UTF_8), "header");
    assertInvalid(new byte[] {0x1F, (byte) 0x8B, 7}, "header");
  }

  @Test
  void takesExactlyTheLimitAndNotAByteMore() {
    assertThat(gunzip(gzip("x".repeat(LIMIT)))).hasSize(LIMIT);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> gunzip(gzip("x".repeat(LIMIT + 1))))
        .matches(e -> e.problem().type() == ProblemType.TOO_LARGE);
  }

  private static void assertInvalid(byte[] file, String reason) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> gunzip(file))
        .matches(e -> e.problem().type() == ProblemType.UNREADABLE_BODY)
        .withMessageContaining(reason);
  }

  private static String gunzip(byte[] file) {
    Body content = new Body(LIMIT, size -> {});
    Gunzip.decompress(Bodies.of(file), content);
    return new String(content.bytes(), 0, content.length(), UTF_8);
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
