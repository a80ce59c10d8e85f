package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.Decoded;
import com.astrobookings.logs.event.EventDecoder;
import com.astrobookings.logs.event.value.EventLimits;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.event.value.Violation.Rule;
import com.astrobookings.logs.store.RedactedException;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.body.Body;
import com.astrobookings.logs.web.body.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Decodes request bodies in one pass over their bytes. Safe for use by several threads. */
final class EventBatchDecoder {

  private static final Logger log = LoggerFactory.getLogger(EventBatchDecoder.class);

  /** Bounds the size of a response: further violations are counted, not named. */
  private static final int MAX_VIOLATIONS = 10_000;

  private final EventLimits limits;
  private final Supplier<String> ids;
  private final int maxEvents;

  /**
   * Creates a decoder.
   *
   * @param limits the bounds of an event
   * @param ids supplies the id of each valid event that has none
   * @param maxEvents events of one body
   */
  EventBatchDecoder(EventLimits limits, Supplier<String> ids, int maxEvents) {
    this.limits = limits;
    this.ids = ids;
    this.maxEvents = maxEvents;
  }

  /**
   * Decodes a body. JSON that is malformed anywhere is refused as a whole; a malformed line of
   * NDJSON is an invalid item.
   *
   * @throws ProblemException if the body has no event or too many, or is not JSON
   */
  EventBatch decode(Body body, BodyFormat format, Instant receivedAt) {
    Run run = new Run(new EventDecoder(limits, ids, receivedAt));
    JsonText text = JsonText.of(body);
    boolean single =
        switch (format) {
          case JSON -> run.json(text);
          case NDJSON -> run.lines(text);
        };
    if (run.items.isEmpty()) {
      throw unreadable("The body holds no event. Send at least one.");
    }
    return new EventBatch(single, List.copyOf(run.items));
  }

  private static ProblemException malformed(String fault) {
    return unreadable("The body is not JSON at %s. Nothing was stored.".formatted(fault));
  }

  private static ProblemException unreadable(String detail) {
    return new ProblemException(ProblemType.UNREADABLE_BODY, detail);
  }

  /** The decoding of one body. */
  private final class Run {

    private final EventDecoder decoder;
    private final List<Decoded> items = new ArrayList<>();
    private int violations;

    Run(EventDecoder decoder) {
      this.decoder = decoder;
    }

    /** Returns whether the text is one value, as opposed to an array of them. */
    boolean json(JsonText text) {
      refuseIf(text.badUtf8());
      try (JsonParser parser = text.parser()) {
        try {
          boolean array = parser.nextToken() == JsonToken.START_ARRAY;
          if (array) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
              add(event(parser));
            }
          } else if (parser.currentToken() != null) {
            add(event(parser));
          }
          refuseIf(text.excess(parser));
          return !array;
        } catch (JacksonException e) {
          throw malformed(text.fault(e, parser));
        }
      }
    }

    boolean lines(JsonText text) {
      text.forEachLine(line -> add(line(line)));
      return false;
    }

    private Decoded line(JsonText line) {
      String badUtf8 = line.badUtf8();
      if (badUtf8 != null) {
        return invalid(badUtf8);
      }
      try (JsonParser parser = line.parser()) {
        try {
          parser.nextToken();
          Decoded item = event(parser);
          String excess = line.excess(parser);
          return excess == null ? item : invalid(excess);
        } catch (JacksonException e) {
          return invalid(line.fault(e, parser));
        }
      }
    }

    /** Decodes one value. A defect of the service concerns this value alone, not its neighbours. */
    private Decoded event(JsonParser parser) {
      boolean inside = parser.currentToken() != null && parser.currentToken().isStructStart();
      int outside = parser.streamReadContext().getNestingDepth() - (inside ? 1 : 0);
      try {
        return decoder.decode(parser);
      } catch (JacksonException malformed) {
        throw malformed;
      } catch (Throwable failure) {
        Exceptions.throwIfJvmFatal(failure);
        log.error("An event cannot be decoded", RedactedException.of(failure));
        while (parser.streamReadContext().getNestingDepth() > outside) {
          parser.nextToken();
        }
        return new Decoded.Failed();
      }
    }

    private void add(Decoded item) {
      if (items.size() == maxEvents) {
        throw new ProblemException(
            ProblemType.TOO_LARGE,
            "The body holds more than %,d events. Send them in several requests. Nothing was stored."
                .formatted(maxEvents));
      }
      items.add(item instanceof Decoded.Invalid invalid ? bounded(invalid) : item);
    }

    private Decoded bounded(Decoded.Invalid invalid) {
      List<Violation> all = invalid.violations();
      violations += all.size();
      if (violations <= MAX_VIOLATIONS || all.size() <= 2) {
        return invalid;
      }
      Violation rest =
          new Violation(
              "",
              Rule.SIZE,
              "and %d more violations, which are not listed".formatted(all.size() - 1));
      return new Decoded.Invalid(invalid.id(), invalid.timestamp(), List.of(all.getFirst(), rest));
    }

    private static Decoded invalid(String fault) {
      return new Decoded.Invalid(
          null, null, List.of(new Violation("", Rule.SYNTAX, "is not JSON at " + fault)));
    }

    private static void refuseIf(@Nullable String fault) {
      if (fault != null) {
        throw malformed(fault);
      }
    }
  }
}
