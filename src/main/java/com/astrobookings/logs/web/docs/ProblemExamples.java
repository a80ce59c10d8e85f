package com.astrobookings.logs.web.docs;

import static java.util.Map.entry;

import com.astrobookings.logs.web.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A problem of each kind as the service answers it. */
final class ProblemExamples {

  private static final Map<ProblemType, String> DETAILS =
      Map.ofEntries(
          entry(
              ProblemType.UNREADABLE_BODY,
              "The body is not JSON at line 1, column 15: the text ends in the middle of a value."
                  + " Nothing was stored."),
          entry(
              ProblemType.INVALID_PARAMETER,
              "Nothing was stored. Correct what errors names; the parameters here are refresh, verbose."),
          entry(
              ProblemType.BAD_REQUEST,
              "The path, a header or a parameter name has characters that are not allowed there."),
          entry(
              ProblemType.UNAUTHENTICATED,
              "Send Authorization: Bearer and an API key or an access token."),
          entry(ProblemType.FORBIDDEN, "This request needs a credential with the scope logs:read."),
          entry(
              ProblemType.CROSS_ORIGIN,
              "A web page of another origin sent this. Configure logs.security.allowed-origins if"
                  + " it may."),
          entry(
              ProblemType.MISDIRECTED,
              "Without credentials the service answers to localhost and addresses of the loopback"
                  + " only. Configure logs.security.hosts, or credentials."),
          entry(
              ProblemType.EVENT_NOT_FOUND,
              "No event has this id, or none in the month of the timestamp that was stated."),
          entry(
              ProblemType.TARGET_TOO_LONG,
              "The path and the query are longer than the server reads. POST /api/v1/logs/search"
                  + " takes long questions in a body."),
          entry(ProblemType.HEADERS_TOO_LARGE, "Send fewer or shorter headers."),
          entry(ProblemType.NOT_FOUND, "There is nothing at this path."),
          entry(
              ProblemType.METHOD_NOT_ALLOWED,
              "/api/v1/logs knows GET, HEAD, OPTIONS, POST, not PUT."),
          entry(
              ProblemType.NOT_ACCEPTABLE, "The Accept header must allow one of application/json."),
          entry(
              ProblemType.BODY_TIMED_OUT,
              "The body did not arrive within 30 seconds. Send fewer events at once."),
          entry(
              ProblemType.EVENT_CONFLICT,
              "Another event of this month has the same id. Send this one under an id of its own."),
          entry(
              ProblemType.TOO_LARGE,
              "The body has more than 10,485,760 bytes after decompression. Send the events in"
                  + " several requests."),
          entry(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "The Content-Type header must be application/json (an event or an array of events)"
                  + " or application/x-ndjson (an event per line)."),
          entry(
              ProblemType.INVALID_EVENT,
              "The event was not stored; errors names what is wrong with it."),
          entry(
              ProblemType.REJECTED_EVENT,
              "The value of the document field user.id cannot be stored."),
          entry(
              ProblemType.RATE_LIMITED,
              "This credential is used too often. Wait as long as Retry-After says; send several"
                  + " events in one request."),
          entry(
              ProblemType.OVERLOADED,
              "Other requests fill the memory set aside for bodies. Send this one again later."),
          entry(
              ProblemType.INTERNAL_ERROR,
              "The service has a defect. Tell its operators the traceId; the cause is in the log."),
          entry(ProblemType.UNAVAILABLE, "The event store does not answer now. Try again later."),
          entry(
              ProblemType.ISSUER_UNAVAILABLE,
              "The token cannot be judged now: the key that it names is not known, and its issuer"
                  + " does not answer or was asked a moment ago. Try again later."),
          entry(
              ProblemType.TIMED_OUT,
              "The event store did not answer in time. Ask for less, or try again later."));

  private ProblemExamples() {}

  static Map<String, Object> of(ProblemType type) {
    Map<String, Object> problem =
        Api.object(
            "type", type.uri(),
            "title", type.title(),
            "status", type.status().value(),
            "detail", Objects.requireNonNull(DETAILS.get(type), type::name),
            "traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
    if (type == ProblemType.INVALID_PARAMETER) {
      problem.put(
          "errors",
          List.of(Api.object("parameter", "refresh", "message", "is not one of false, wait_for")));
    }
    if (type == ProblemType.INVALID_EVENT) {
      problem.put(
          "errors",
          List.of(
              Api.object(
                  "pointer",
                  "/ipAddress",
                  "rule",
                  "required",
                  "message",
                  "is required: IPv4 or IPv6 address the attempt came from")));
    }
    return problem;
  }
}
