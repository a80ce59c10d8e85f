package com.astrobookings.logs.event.value;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;

/** The kinds of values that members can have. */
public final class Kinds {

  /** A name, matched exactly. */
  public static final Kind<String> KEYWORD = new TextKind(FieldType.KEYWORD);

  /** A name that people write in upper or lower case as they like. */
  public static final Kind<String> NAME_IN_ANY_CASE = new TextKind(FieldType.LOWERCASE_KEYWORD);

  /** A sentence. */
  public static final Kind<String> SENTENCE = new TextKind(FieldType.TEXT_WITH_KEYWORD);

  /** A stack trace. */
  public static final Kind<String> STACK_TRACE =
      new TextKind(FieldType.TEXT_WITH_WORDS, EventLimits::stackTraceBytes);

  /** An idempotency key. */
  public static final Kind<String> ID = new IdKind();

  /** An instant with nanoseconds. */
  public static final Kind<Instant> INSTANT = new InstantKind();

  /** An IPv4 or IPv6 address. */
  public static final Kind<InetAddress> ADDRESS = new AddressKind();

  /** A whole number from 0. */
  public static final Kind<Long> COUNT = new CountKind();

  /** A duration in seconds, from 0 to 10⁹. */
  public static final Kind<BigDecimal> SECONDS = new SecondsKind();

  /** How an attempt ended; stored in the words of the Elastic Common Schema. */
  public static final Kind<Result> RESULT = new EnumKind<>(Result.class, Result::outcome);

  /** String pairs in the order of their keys. */
  public static final Kind<Map<String, String>> LABELS = new LabelsKind();

  private Kinds() {}

  /** Whether an event can have {@code text} as its {@link #ID}. */
  public static boolean isId(String text) {
    return IdKind.accepts(text);
  }

  /** Whether a label can have {@code text} as its key. */
  public static boolean isLabelKey(String text) {
    return LabelsKind.isKey(text);
  }

  /** One constant of {@code type}, spelled as its name everywhere. */
  public static <E extends Enum<E>> Kind<E> constant(Class<E> type) {
    return new EnumKind<>(type, Enum::name);
  }
}
