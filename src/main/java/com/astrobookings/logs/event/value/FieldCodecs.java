package com.astrobookings.logs.event.value;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;

/** The codecs of members. */
public final class FieldCodecs {

  /** A name, matched exactly. */
  public static final FieldCodec<String> KEYWORD = new TextCodec(FieldType.KEYWORD);

  /** A name, matched without regard to case. */
  public static final FieldCodec<String> NAME_IN_ANY_CASE =
      new TextCodec(FieldType.LOWERCASE_KEYWORD);

  /** A sentence. */
  public static final FieldCodec<String> SENTENCE = new TextCodec(FieldType.TEXT_WITH_KEYWORD);

  /** A stack trace. */
  public static final FieldCodec<String> STACK_TRACE =
      new TextCodec(FieldType.TEXT_WITH_WORDS, EventLimits::stackTraceBytes);

  /** An idempotency key. */
  public static final FieldCodec<String> ID = new IdCodec();

  /** An instant with nanoseconds. */
  public static final FieldCodec<Instant> INSTANT = new InstantCodec();

  /** An IPv4 or IPv6 address. */
  public static final FieldCodec<InetAddress> ADDRESS = new AddressCodec();

  /** A whole number from 0. */
  public static final FieldCodec<Long> COUNT = new CountCodec();

  /** A duration in seconds, from 0 to 10⁹. */
  public static final FieldCodec<BigDecimal> SECONDS = new SecondsCodec();

  /** How an attempt ended; stored in the words of the Elastic Common Schema. */
  public static final FieldCodec<Result> RESULT = new EnumCodec<>(Result.class, Result::outcome);

  /** String pairs in the order of their keys. */
  public static final FieldCodec<Map<String, String>> LABELS = new LabelsCodec();

  private FieldCodecs() {}

  /** Whether an event can have {@code text} as its {@link #ID}. */
  public static boolean isId(String text) {
    return IdCodec.accepts(text);
  }

  /** Whether a label can have {@code text} as its key. */
  public static boolean isLabelKey(String text) {
    return LabelsCodec.isKey(text);
  }

  /** One constant of {@code type}, spelled as its name everywhere. */
  public static <E extends Enum<E>> FieldCodec<E> constant(Class<E> type) {
    return new EnumCodec<>(type, Enum::name);
  }
}
