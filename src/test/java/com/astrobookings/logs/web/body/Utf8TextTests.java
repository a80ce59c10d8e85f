package com.astrobookings.logs.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8TextTests {

  /** Bytes at which the rules of UTF-8 change. */
  private static final byte[] EDGES =
      HexFormat.of().parseHex("0141e27f808f909fa0bfc0c1c2dfe0e1ecedeeeff0f1f3f4f5ff");

  @Test
  void knowsEveryCharacter() {
    int[] characters =
        IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .toArray();
    byte[] bytes = new String(characters, 0, characters.length).getBytes(UTF_8);

    assertThat(Utf8Text.firstFault(bytes, 0, bytes.length)).isEqualTo(bytes.length);
  }

  @Test
  void agreesWithTheStrictDecoderOnAnyBytes() {
    Random random = new Random(1);
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(6)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = EDGES[random.nextInt(EDGES.length)];
      }

      assertThat(Utf8Text.firstFault(bytes, 0, bytes.length) == bytes.length)
          .as(HexFormat.of().formatHex(bytes))
          .isEqualTo(decodes(bytes));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4180,1",
    "c0af,0",
    "41e282,1",
    "eda080,0",
    "41f4908080,1",
    "4100,1",
    "c3a9ff,2",
    "f0808080,0"
  })
  void namesTheFirstByteOfTheFault(String hex, int fault) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(Utf8Text.firstFault(bytes, 0, bytes.length)).isEqualTo(fault);
  }

  @Test
  void looksOnlyAtItsPart() {
    byte[] bytes = HexFormat.of().parseHex("ffc3a9ff");

    assertThat(Utf8Text.firstFault(bytes, 1, 3)).isEqualTo(3);
    assertThat(Utf8Text.firstFault(bytes, 1, 2)).isEqualTo(1);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).hasRemaining();
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
