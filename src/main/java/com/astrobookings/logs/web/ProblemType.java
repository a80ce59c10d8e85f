package com.astrobookings.logs.web;

import com.astrobookings.logs.event.text.Names;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The problem types (RFC 9457): each has one {@code type} URI, one title and one status. */
public enum ProblemType {
  /** The body is not JSON, is empty or did not arrive whole. */
  UNREADABLE_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read"),
  /** A parameter is unknown, repeated or has a value that it cannot have. */
  INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter is not valid"),
  /** Any other fault of the request. */
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
  /** There is no credential, or one that is not valid. */
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A valid credential is needed"),
  /** The credential is valid and lacks a scope. */
  FORBIDDEN(HttpStatus.FORBIDDEN, "The credential does not allow this"),
  /** A web page of another origin is behind the request. */
  CROSS_ORIGIN(HttpStatus.FORBIDDEN, "Web pages of other origins may not do this"),
  /** The request was meant for a host of another name. */
  MISDIRECTED(HttpStatus.MISDIRECTED_REQUEST, "The service does not answer to this name"),
  /** No such event. */
  EVENT_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such event"),
  /** No such resource. */
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this path"),
  /** The path does not support the method. */
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not supported here"),
  /** Nothing that the client accepts can be offered. */
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable media type"),
  /** The body did not arrive in time. */
  BODY_TIMED_OUT(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time"),
  /** An event with the same id and other content is there already. */
  EVENT_CONFLICT(HttpStatus.CONFLICT, "Another event has this id"),
  /** Events after the position of a tail may be lost. */
  POSITION_GONE(HttpStatus.GONE, "The position can no longer be resumed"),
  /** The body, or a part of it, is larger than the limit. */
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  /** The path and the query are longer than the server reads. */
  TARGET_TOO_LONG(HttpStatus.URI_TOO_LONG, "The request line is too long"),
  /** The headers are larger than the server reads. */
  HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large"),
  /** The media type or the content coding of the body is not understood. */
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body's format is not supported"),
  /** Every event of the request breaks rules. */
  INVALID_EVENT(HttpStatus.UNPROCESSABLE_CONTENT, "Not a valid event"),
  /** The event is valid, and yet the store can never hold it. */
  REJECTED_EVENT(HttpStatus.UNPROCESSABLE_CONTENT, "The store cannot hold the event"),
  /** The credential was used too often, or the client has sent too many that are not valid. */
  RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many requests of this caller"),
  /** The service has no capacity left. */
  OVERLOADED(HttpStatus.TOO_MANY_REQUESTS, "Too much at once", Duration.ofSeconds(1)),
  /** A defect of the service. */
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed"),
  /** There is no place to store or read events now. */
  UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE, "The event store is not available", Duration.ofSeconds(5)),
  /** Whether a token is valid cannot be known now. */
  ISSUER_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "The keys of the token's issuer are not available",
      Duration.ofSeconds(30)),
  /** The event store took too long. */
  TIMED_OUT(HttpStatus.GATEWAY_TIMEOUT, "The event store took too long", Duration.ofSeconds(5));

  private final HttpStatus status;
  private final String title;
  private final @Nullable Duration retryAfter;

  ProblemType(HttpStatus status, String title) {
    this(status, title, null);
  }

  ProblemType(HttpStatus status, String title, @Nullable Duration retryAfter) {
    this.status = status;
    this.title = title;
    this.retryAfter = retryAfter;
  }

  /** The URI that identifies this kind of problem. */
  public String uri() {
    return "urn:astrobookings:logs:problem:" + Names.lowerCase(this).replace('_', '-');
  }

  /** The HTTP status it is answered with. */
  public HttpStatus status() {
    return status;
  }

  /** What it is, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** How long to wait before the same request is worth sending again; null if it never is. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
