package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.Decoded;
import com.astrobookings.logs.event.EventDecoder;
import com.astrobookings.logs.event.text.Hints;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.event.value.Violation.Rule;
import com.astrobookings.logs.store.DiscreetFailure;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.body.Body;
import com.astrobookings.logs.web.body.JsonText;
import java.time.Instant;
import java.util.List;
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

  /** What the events of a request have in common. */
  private record Arrival(Instant receivedAt, Hints hints) {}

  private final EventDecoder decoder;
  private final int mostEvents;

  BatchDecoder(EventDecoder decoder, int mostEvents) {
    this.decoder = decoder;
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
    Arrival arrival = new Arrival(receivedAt, new Hints());
    Batch batch =
        switch (format) {
          case JSON -> json(text, arrival);
          case LINES -> lines(text, arrival);
        };
    if (batch.items().isEmpty()) {
      throw unreadable("The body holds no event. Send at least one.");
    }
    return batch;
  }

  private Batch json(JsonText text, Arrival arrival) {
    refuseIf(text.badUtf8());
    try (JsonParser parser = text.parser()) {
      try {
        Batch batch = value(parser, arrival);
        refuseIf(text.excess(parser));
        return batch;
      } catch (JacksonException e) {
        throw broken(text.fault(e, parser));
      }
    }
  }

  private Batch value(JsonParser parser, Arrival arrival) {
    BatchBuilder items = new BatchBuilder(mostEvents);
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(event(parser, arrival));
      }
    } else if (first != null) {
      items.add(event(parser, arrival));
    }
    return items.build(first != JsonToken.START_ARRAY);
  }

  /** One value; a defect of ours that it meets is no reason to refuse its neighbours. */
  private Decoded event(JsonParser parser, Arrival arrival) {
    boolean inside = parser.currentToken() != null && parser.currentToken().isStructStart();
    int outside = parser.streamReadContext().getNestingDepth() - (inside ? 1 : 0);
    try {
      return decoder.decode(parser, arrival.receivedAt(), arrival.hints());
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

  private Batch lines(JsonText text, Arrival arrival) {
    BatchBuilder items = new BatchBuilder(mostEvents);
    text.forEachLine(line -> items.add(line(line, arrival)));
    return items.build(false);
  }

  private Decoded line(JsonText line, Arrival arrival) {
    String badUtf8 = line.badUtf8();
    if (badUtf8 != null) {
      return invalid(badUtf8);
    }
    try (JsonParser parser = line.parser()) {
      try {
        parser.nextToken();
        Decoded item = event(parser, arrival);
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
