package com.astrobookings.logs.web;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * The catalogue of everything that can be wrong with a request or with the service, as RFC 9457
 * knows it: each kind has one {@code type} URI, one title and one status.
 */
public enum ProblemType {
  /** The body is not JSON, is empty or did not arrive whole. */
  UNREADABLE_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read"),
  /** A parameter is unknown, repeated or has a value that it cannot have. */
  INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter is not valid"),
  /** Any other fault of the request. */
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
  /** No such event. */
  EVENT_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such event"),
  /** No such resource. */
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this path"),
  /** The path does not know the method. */
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not supported here"),
  /** Nothing that the client accepts can be offered. */
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable media type"),
  /** An event with the same id and other content is there already. */
  EVENT_CONFLICT(HttpStatus.CONFLICT, "Another event has this id"),
  /** The body, or a part of it, is larger than the limit. */
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  /** The media type or the content coding of the body is not understood. */
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body's format is not supported"),
  /** Events break rules. */
  INVALID_EVENT(HttpStatus.UNPROCESSABLE_CONTENT, "The event is not valid"),
  /** Some events of a batch were not taken. */
  PARTLY_FAILED(HttpStatus.MULTI_STATUS, "Some events were not taken"),
  /** The producer has to slow down. */
  OVERLOADED(HttpStatus.TOO_MANY_REQUESTS, "Too much at once"),
  /** A defect of the service. */
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed"),
  /** There is no place to store or read events now. */
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The event store is not available"),
  /** The event store took too long. */
  TIMED_OUT(HttpStatus.GATEWAY_TIMEOUT, "The event store took too long");

  private final HttpStatus status;
  private final String title;

  ProblemType(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The URI that identifies this kind of problem. */
  public String uri() {
    return "urn:astrobookings:logs:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The HTTP status it is answered with. */
  public HttpStatus status() {
    return status;
  }

  /** What it is, the same for every occurrence. */
  public String title() {
    return title;
  }
}
