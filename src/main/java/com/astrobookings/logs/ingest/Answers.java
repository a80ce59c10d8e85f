package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.text.Names;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Turns receipts into answers. */
final class Answers {

  private static final JsonFactory JSON = new JsonFactory();

  private Answers() {}

  /**
   * The answer to a request.
   *
   * @throws ProblemException if the answer is a problem; it carries the receipt
   */
  static ResponseEntity<byte[]> of(Receipt receipt, boolean verbose) {
    return switch (receipt.verdict()) {
      case Verdict.Taken taken -> taken(receipt, verbose, taken.status());
      case Verdict.Failed failed -> throw new ProblemException(problem(receipt, verbose, failed));
    };
  }

  private static ResponseEntity<byte[]> taken(Receipt receipt, boolean verbose, HttpStatus status) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(status)
            .contentType(MediaType.APPLICATION_JSON)
            .cacheControl(CacheControl.noStore());
    if (status == HttpStatus.CREATED) {
      answer.header(HttpHeaders.LOCATION, location(receipt.items().getFirst()));
    }
    Duration retryAfter = receipt.retryAfter();
    if (retryAfter != null) {
      answer.header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
    }
    return answer.body(json(receipt, verbose));
  }

  /**
   * Relative to what was asked, so that it holds behind a proxy that adds to the path. Ids need no
   * encoding in a path, nor instants in a query.
   */
  private static String location(Item item) {
    return "logs/" + item.id() + "?timestamp=" + item.timestamp();
  }

  private static byte[] json(Receipt receipt, boolean verbose) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      generator.writeStartObject();
      receipt.write(generator, verbose);
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static Problem problem(Receipt receipt, boolean verbose, Verdict.Failed verdict) {
    return new Problem(verdict.type(), detail(receipt, verdict.type()), faults(receipt))
        .withMembers(generator -> receipt.write(generator, verbose));
  }

  private static String detail(Receipt receipt, ProblemType type) {
    Item first = receipt.items().getFirst();
    if (!receipt.single()) {
      String all = "None of the %,d events was stored; ".formatted(receipt.items().size());
      return all
          + (type == ProblemType.INVALID_EVENT
              ? "items names what is wrong with each."
              : "send them again later with the ids and timestamps of items.");
    }
    return first.message() != null
        ? first.message()
        : "The event was not stored; errors names what is wrong with it.";
  }

  private static List<Problem.Fault> faults(Receipt receipt) {
    return receipt.single()
        ? receipt.items().getFirst().violations().stream().map(Answers::fault).toList()
        : List.of();
  }

  /** What a problem says of a violation. */
  static Problem.Fault fault(Violation violation) {
    return new Problem.Fault(
        Problem.Part.BODY,
        violation.pointer(),
        Names.lowerCase(violation.rule()),
        violation.message());
  }
}
