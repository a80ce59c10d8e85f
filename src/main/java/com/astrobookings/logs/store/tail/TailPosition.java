package com.astrobookings.logs.store.tail;

import com.astrobookings.logs.event.value.InvalidValueException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * How far a tail has read: the last sequence number of each shard of each month. It is
 * self-contained, so it is valid at every instance of the service and does not expire.
 *
 * @param months oldest first, each once
 * @param remaining how many of the newest events at or before this position come first; 0 if the
 *     tail has sent them, or never had to
 */
public record TailPosition(List<Month> months, int remaining) {

  /** The most characters of an encoded position; it must fit into a header. */
  public static final int MAX_LENGTH = 6_000;

  private static final byte FORMAT = 1;
  private static final int CHECK_BYTES = 4;
  private static final int MAX_SHARDS = 1_024;
  private static final int MONTHS_OF_A_YEAR = 12;
  private static final int VARINT_BITS = 7;
  private static final int MAX_VARINT_BITS = 63;

  /**
   * A month.
   *
   * @param history identifies the history of its sequence numbers, which begins anew when its index
   *     is created or restored
   * @param last the last sequence number of each of its shards; -1 before the first
   */
  public record Month(YearMonth month, int history, List<Long> last) {

    /** Copies the list. */
    public Month {
      last = List.copyOf(last);
    }

    /** Returns the month as it is before its first event. */
    public Month atStart() {
      return new Month(month, history, last.stream().map(number -> -1L).toList());
    }

    /** Returns the month at another sequence number of one shard. */
    public Month at(int shard, long number) {
      List<Long> numbers = new ArrayList<>(last);
      numbers.set(shard, number);
      return new Month(month, history, numbers);
    }

    /** Whether no shard is at a sequence number below that of {@code other}, of equal history. */
    public boolean reaches(Month other) {
      for (int shard = 0; shard < last.size(); shard++) {
        if (last.get(shard) < other.last.get(shard)) {
          return false;
        }
      }
      return true;
    }

    /** Returns the larger sequence number of each shard, of this and a month of equal history. */
    public Month max(Month other) {
      List<Long> larger = new ArrayList<>(last);
      for (int shard = 0; shard < last.size(); shard++) {
        larger.set(shard, Math.max(last.get(shard), other.last.get(shard)));
      }
      return larger.equals(last) ? this : new Month(month, history, larger);
    }
  }

  /** Copies the list. */
  public TailPosition {
    months = List.copyOf(months);
  }

  /** Returns this position with other newest events to come first. */
  public TailPosition remaining(int other) {
    return other == remaining ? this : new TailPosition(months, other);
  }

  /** Returns this position at another sequence number of one shard of one of its months. */
  public TailPosition at(int index, int shard, long number) {
    List<Month> moved = new ArrayList<>(months);
    moved.set(index, months.get(index).at(shard, number));
    return new TailPosition(moved, remaining);
  }

  /** Encodes the position with letters, digits, {@code -} and {@code _}. */
  public String encode() {
    ByteBuffer bytes = ByteBuffer.allocate(size());
    bytes.put(FORMAT);
    put(bytes, remaining);
    put(bytes, months.size());
    long before = 0;
    for (Month month : months) {
      long number = month.month.getYear() * (long) MONTHS_OF_A_YEAR + month.month.getMonthValue();
      put(bytes, number - before);
      before = number;
      bytes.putInt(month.history);
      put(bytes, month.last.size());
      month.last.forEach(last -> put(bytes, last + 1));
    }
    bytes.putInt(check(bytes.array(), bytes.position()));
    byte[] all = Arrays.copyOf(bytes.array(), bytes.position());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  private int size() {
    int numbers = 3;
    for (Month month : months) {
      numbers += 2 + month.last.size();
    }
    return 1
        + numbers * (MAX_VARINT_BITS / VARINT_BITS)
        + months.size() * Integer.BYTES
        + CHECK_BYTES;
  }

  /**
   * Decodes what {@link #encode} returned.
   *
   * @throws InvalidValueException if it is anything else; changed characters are detected
   */
  public static TailPosition decode(String text) {
    if (text.length() <= MAX_LENGTH) {
      try {
        TailPosition position = read(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)));
        // Writing it again proves the check bytes, the spare bits of the text and its end at once.
        if (position.encode().equals(text)) {
          return position;
        }
      } catch (IllegalArgumentException
          | BufferUnderflowException
          | DateTimeException
          | ArithmeticException e) {
        // answered below: whatever it is, it is not one of ours
      }
    }
    throw new InvalidValueException(
        "is not a position of this service, or not all of it; take it unchanged from the id of a"
            + " message, or leave it out to begin now");
  }

  private static TailPosition read(ByteBuffer bytes) {
    require(bytes.get() == FORMAT);
    int remaining = Math.toIntExact(varint(bytes));
    require(remaining <= TailRequest.MAX_LAST);
    long count = varint(bytes);
    require(count <= bytes.remaining());
    List<Month> months = new ArrayList<>();
    long number = 0;
    for (int i = 0; i < count; i++) {
      long difference = varint(bytes);
      require(difference > 0);
      number = Math.addExact(number, difference);
      months.add(month(bytes, number));
    }
    return new TailPosition(months, remaining);
  }

  private static Month month(ByteBuffer bytes, long number) {
    YearMonth month =
        YearMonth.of(
            Math.toIntExact((number - 1) / MONTHS_OF_A_YEAR),
            (int) ((number - 1) % MONTHS_OF_A_YEAR) + 1);
    int history = bytes.getInt();
    long shards = varint(bytes);
    require(shards > 0 && shards <= MAX_SHARDS);
    List<Long> last = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      last.add(varint(bytes) - 1);
    }
    return new Month(month, history, last);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("Not a position");
    }
  }

  private static void put(ByteBuffer bytes, long value) {
    long rest = value;
    while (rest >= 1 << VARINT_BITS) {
      bytes.put((byte) (rest | 1 << VARINT_BITS));
      rest >>>= VARINT_BITS;
    }
    bytes.put((byte) rest);
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += VARINT_BITS) {
      byte next = bytes.get();
      value |= (long) (next & (1 << VARINT_BITS) - 1) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("Not a number");
  }

  private static int check(byte[] bytes, int length) {
    CRC32 check = new CRC32();
    check.update(bytes, 0, length);
    return (int) check.getValue();
  }
}
