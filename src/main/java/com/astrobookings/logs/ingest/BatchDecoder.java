package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.Decoded;
import com.astrobookings.logs.event.EventDecoder;
import com.astrobookings.logs.event.value.EventLimits;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.event.value.Violation.Rule;
import com.astrobookings.logs.store.DiscreetFailure;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.body.Body;
import com.astrobookings.logs.web.body.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Turns the bytes of a body into events, each byte parsed once. */
final class BatchDecoder {

  private static final Logger log = LoggerFactory.getLogger(BatchDecoder.class);

  private final EventLimits limits;
  private final Supplier<String> ids;
  private final int mostEvents;

  BatchDecoder(EventLimits limits, Supplier<String> ids, int mostEvents) {
    this.limits = limits;
    this.ids = ids;
    this.mostEvents = mostEvents;
  }

  /**
   * Decodes a body. An object or array that is broken anywhere is refused as a whole; a broken line
   * is an invalid event among others.
   *
   * @throws ProblemException if the body holds no event or too many, or is not JSON
   */
  Batch decode(Body body, BodyFormat format, Instant receivedAt) {
    JsonText text = JsonText.of(body);
    EventDecoder decoder = new EventDecoder(limits, ids, receivedAt);
    Batch batch =
        switch (format) {
          case JSON -> json(text, decoder);
          case LINES -> lines(text, decoder);
        };
    if (batch.items().isEmpty()) {
      throw unreadable("The body holds no event. Send at least one.");
    }
    return batch;
  }

  private Batch json(JsonText text, EventDecoder decoder) {
    refuseIf(text.badUtf8());
    try (JsonParser parser = text.parser()) {
      try {
        Batch batch = value(parser, decoder);
        refuseIf(text.excess(parser));
        return batch;
      } catch (JacksonException e) {
        throw broken(text.fault(e, parser));
      }
    }
  }

  private Batch value(JsonParser parser, EventDecoder decoder) {
    BatchBuilder items = new BatchBuilder(mostEvents);
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(event(parser, decoder));
      }
    } else if (first != null) {
      items.add(event(parser, decoder));
    }
    return items.build(first != JsonToken.START_ARRAY);
  }

  /** One value; a defect of ours that it meets is no reason to refuse its neighbours. */
  private Decoded event(JsonParser parser, EventDecoder decoder) {
    boolean inside = parser.currentToken() != null && parser.currentToken().isStructStart();
    int outside = parser.streamReadContext().getNestingDepth() - (inside ? 1 : 0);
    try {
      return decoder.decode(parser);
    } catch (JacksonException brokenText) {
      throw brokenText;
    } catch (Throwable failure) {
      Exceptions.throwIfJvmFatal(failure);
      log.error("An event cannot be decoded", DiscreetFailure.of(failure));
      while (parser.streamReadContext().getNestingDepth() > outside) {
        parser.nextToken();
      }
      return new Decoded.Failed();
    }
  }

  private Batch lines(JsonText text, EventDecoder decoder) {
    BatchBuilder items = new BatchBuilder(mostEvents);
    text.forEachLine(line -> items.add(line(line, decoder)));
    return items.build(false);
  }

  private Decoded line(JsonText line, EventDecoder decoder) {
    String badUtf8 = line.badUtf8();
    if (badUtf8 != null) {
      return invalid(badUtf8);
    }
    try (JsonParser parser = line.parser()) {
      try {
        parser.nextToken();
        Decoded item = event(parser, decoder);
        String excess = line.excess(parser);
        return excess == null ? item : invalid(excess);
      } catch (JacksonException e) {
        return invalid(line.fault(e, parser));
      }
    }
  }

  private static Decoded invalid(String fault) {
    return new Decoded.Invalid(
        null, null, List.of(new Violation("", Rule.SYNTAX, "is not JSON at " + fault)));
  }

  private static void refuseIf(@Nullable String fault) {
    if (fault != null) {
      throw broken(fault);
    }
  }

  private static ProblemException broken(String fault) {
    return unreadable("The body is not JSON at %s. Nothing was stored.".formatted(fault));
  }

  private static ProblemException unreadable(String detail) {
    return new ProblemException(ProblemType.UNREADABLE_BODY, detail);
  }
}
