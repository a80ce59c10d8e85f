package com.astrobookings.logs.web;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One occurrence of a problem (RFC 9457). Spring's {@code ProblemDetail} would need a map for its
 * members and a message writer; this one streams a receipt of 10,000 events, and is also the answer
 * of handlers below the framework.
 *
 * @param type the type
 * @param detail what happened and what to do about it; without internals
 * @param errors the single faults; may be empty
 * @param headers headers of the answer by name
 * @param members writes further members into the answer's object
 */
public record Problem(
    ProblemType type,
    String detail,
    List<Fault> errors,
    Map<String, String> headers,
    Consumer<JsonGenerator> members) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * One fault.
   *
   * @param part the part of the request that has it
   * @param location a JSON Pointer into the body, or the name of a parameter
   * @param rule the violated rule, for programs; null if there is only one
   * @param message what is wrong and what to do, for people
   */
  public record Fault(Part part, String location, @Nullable String rule, String message) {

    /** A fault of a parameter. */
    public Fault(String parameter, String message) {
      this(Part.PARAMETER, parameter, null, message);
    }

    /** Writes the fault as an object. */
    public void write(JsonGenerator generator) {
      generator.writeStartObject();
      generator.writeStringProperty(part.member(), location);
      if (rule != null) {
        generator.writeStringProperty("rule", rule);
      }
      generator.writeStringProperty("message", message);
      generator.writeEndObject();
    }
  }

  /** A part of a request. */
  public enum Part {
    /** The query string; locations are names. */
    PARAMETER("parameter"),
    /** The body; locations are JSON Pointers. */
    BODY("pointer");

    private final String member;

    Part(String member) {
      this.member = member;
    }

    /** The member that holds the location. */
    String member() {
      return member;
    }
  }

  /** A problem without single faults. */
  public Problem(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  /** A problem with single faults. */
  public Problem(ProblemType type, String detail, List<Fault> errors) {
    this(type, detail, errors, Map.of(), generator -> {});
  }

  /** Keeps copies. */
  public Problem {
    errors = List.copyOf(errors);
    headers = Map.copyOf(headers);
  }

  /** Returns the problem as a JSON object. */
  byte[] json(String traceId) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      generator.writeStartObject();
      generator.writeStringProperty("type", type.uri());
      generator.writeStringProperty("title", type.title());
      generator.writeNumberProperty("status", type.status().value());
      generator.writeStringProperty("detail", detail);
      generator.writeStringProperty("traceId", traceId);
      if (!errors.isEmpty()) {
        generator.writeArrayPropertyStart("errors");
        errors.forEach(fault -> fault.write(generator));
        generator.writeEndArray();
      }
      members.accept(generator);
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Returns this problem with other headers. */
  public Problem withHeaders(Map<String, String> other) {
    return new Problem(type, detail, errors, other, members);
  }

  /**
   * Returns this problem with extension members (RFC 9457, section 3.2).
   *
   * @param writer writes names and values into an open object
   */
  public Problem withMembers(Consumer<JsonGenerator> writer) {
    return new Problem(type, detail, errors, headers, writer);
  }
}
