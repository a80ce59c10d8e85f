package com.astrobookings.logs.store;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.event.value.StoredInstants;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a reading continues. It says everything itself and is valid for ever and at every instance
 * of the service: nothing is kept for it.
 *
 * @param asked when the first page was asked for, which is what {@code now} means on all pages
 * @param from the resolved lower bound of the reading; null if unbounded
 * @param to the resolved upper bound of the reading; null if unbounded
 * @param question the fingerprint of what else was asked, so that it is not continued with another
 *     question
 * @param last the last event read
 * @param copies the shard copies that all pages ask, see {@link PageRequest}: 1 to 64 letters and
 *     digits
 */
public record Cursor(
    Instant asked,
    @Nullable Instant from,
    @Nullable Instant to,
    Fingerprint question,
    Position last,
    String copies) {

  /** No cursor has more characters than this. */
  public static final int LONGEST = 512;

  private static final byte FORMAT = 1;
  private static final int HAS_FROM = 1;
  private static final int HAS_TO = 2;
  private static final int CHECK_BYTES = 8;
  private static final Pattern COPIES = Pattern.compile("[a-z0-9]{1,64}");
  private static final Pattern ID = Pattern.compile("[ -~]{1,128}");

  /** Checks that a reading can have come to this place. */
  public Cursor {
    if ((from != null && to != null && from.isAfter(to))
        || last.timestamp().isBefore(StoredInstants.EARLIEST)
        || last.timestamp().isAfter(StoredInstants.LATEST)
        || !ID.matcher(last.id()).matches()
        || !COPIES.matcher(copies).matches()) {
      throw new IllegalArgumentException("No reading comes to " + last);
    }
  }

  /** The cursor as letters, digits, {@code -} and {@code _}. */
  public String encode() {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    bytes.put(FORMAT).put((byte) ((from == null ? 0 : HAS_FROM) | (to == null ? 0 : HAS_TO)));
    put(bytes, asked);
    if (from != null) {
      put(bytes, from);
    }
    if (to != null) {
      put(bytes, to);
    }
    bytes.put(HexFormat.of().parseHex(question.hex()));
    put(bytes, last.timestamp());
    put(bytes, last.id());
    put(bytes, copies);
    byte[] content = Arrays.copyOf(bytes.array(), bytes.position());
    bytes.put(Fingerprint.digest(content, CHECK_BYTES));
    byte[] all = Arrays.copyOf(bytes.array(), bytes.position());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws InvalidValueException if it is anything else, were it by one character
   */
  public static Cursor decode(String text) {
    if (text.length() <= LONGEST) {
      try {
        Cursor cursor = read(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)));
        // Writing it again proves the check bytes, the spare bits of the text and its end at once.
        if (cursor.encode().equals(text)) {
          return cursor;
        }
      } catch (IllegalArgumentException
          | BufferUnderflowException
          | DateTimeException
          | ArithmeticException e) {
        // answered below: whatever it is, it is not one of ours
      }
    }
    throw new InvalidValueException(
        "is not a cursor of this service, or not all of it;"
            + " take it unchanged from next, or leave it out to begin again");
  }

  private static Cursor read(ByteBuffer bytes) {
    if (bytes.get() != FORMAT) {
      throw new IllegalArgumentException("Another format");
    }
    int flags = bytes.get();
    Instant asked = instant(bytes);
    Instant from = (flags & HAS_FROM) == 0 ? null : instant(bytes);
    Instant to = (flags & HAS_TO) == 0 ? null : instant(bytes);
    byte[] question = new byte[Fingerprint.BYTES];
    bytes.get(question);
    Instant timestamp = instant(bytes);
    return new Cursor(
        asked,
        from,
        to,
        new Fingerprint(HexFormat.of().formatHex(question)),
        new Position(timestamp, string(bytes)),
        string(bytes));
  }

  private static void put(ByteBuffer bytes, Instant instant) {
    bytes.putLong(instant.getEpochSecond()).putInt(instant.getNano());
  }

  private static Instant instant(ByteBuffer bytes) {
    return Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
  }

  private static void put(ByteBuffer bytes, String text) {
    bytes.put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String string(ByteBuffer bytes) {
    byte[] text = new byte[Byte.toUnsignedInt(bytes.get())];
    bytes.get(text);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
