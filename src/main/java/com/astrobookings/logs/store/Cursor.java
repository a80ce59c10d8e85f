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
 * The position at which the next page begins. It is self-contained: the server keeps no state for
 * it, so it is valid at every instance of the service and does not expire.
 *
 * @param asked when the first page was requested; the value of {@code now} on all pages
 * @param from the resolved lower bound; null if unbounded
 * @param to the resolved upper bound; null if unbounded
 * @param fingerprint of the parameters, so that the next page is not requested with others
 * @param last the last event read
 * @param preference that of all pages, see {@link PageRequest}: 1 to 64 letters and digits
 */
public record Cursor(
    Instant asked,
    @Nullable Instant from,
    @Nullable Instant to,
    Fingerprint fingerprint,
    SearchAfter last,
    String preference) {

  /** The most characters of an encoded cursor. */
  public static final int MAX_LENGTH = 512;

  private static final byte FORMAT = 1;
  private static final int HAS_FROM = 1;
  private static final int HAS_TO = 2;
  private static final int CHECK_BYTES = 8;
  private static final Pattern PREFERENCE = Pattern.compile("[a-z0-9]{1,64}");
  private static final Pattern ID = Pattern.compile("[ -~]{1,128}");

  /** Checks that the service can have issued this cursor. */
  public Cursor {
    if ((from != null && to != null && from.isAfter(to))
        || last.timestamp().isBefore(StoredInstants.EARLIEST)
        || last.timestamp().isAfter(StoredInstants.LATEST)
        || !ID.matcher(last.id()).matches()
        || !PREFERENCE.matcher(preference).matches()) {
      throw new IllegalArgumentException("Not a cursor of this service: " + last);
    }
  }

  /** Encodes the cursor with letters, digits, {@code -} and {@code _}. */
  public String encode() {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_LENGTH);
    bytes.put(FORMAT).put((byte) ((from == null ? 0 : HAS_FROM) | (to == null ? 0 : HAS_TO)));
    put(bytes, asked);
    if (from != null) {
      put(bytes, from);
    }
    if (to != null) {
      put(bytes, to);
    }
    bytes.put(HexFormat.of().parseHex(fingerprint.hex()));
    put(bytes, last.timestamp());
    put(bytes, last.id());
    put(bytes, preference);
    byte[] content = Arrays.copyOf(bytes.array(), bytes.position());
    bytes.put(Fingerprint.digest(content, CHECK_BYTES));
    byte[] all = Arrays.copyOf(bytes.array(), bytes.position());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * Decodes what {@link #encode} returned.
   *
   * @throws InvalidValueException if it is anything else; changed characters are detected
   */
  public static Cursor decode(String text) {
    if (text.length() <= MAX_LENGTH) {
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
    byte[] fingerprint = new byte[Fingerprint.BYTES];
    bytes.get(fingerprint);
    Instant timestamp = instant(bytes);
    return new Cursor(
        asked,
        from,
        to,
        new Fingerprint(HexFormat.of().formatHex(fingerprint)),
        new SearchAfter(timestamp, string(bytes)),
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
