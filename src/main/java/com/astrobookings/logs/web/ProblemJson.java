package com.astrobookings.logs.web;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes problems as JSON. */
final class ProblemJson {

  private static final JsonFactory JSON = new JsonFactory();

  private ProblemJson() {}

  static byte[] bytes(Problem problem, String traceId) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      generator.writeStartObject();
      generator.writeStringProperty("type", problem.type().uri());
      generator.writeStringProperty("title", problem.type().title());
      generator.writeNumberProperty("status", problem.type().status().value());
      generator.writeStringProperty("detail", problem.detail());
      generator.writeStringProperty("traceId", traceId);
      if (!problem.errors().isEmpty()) {
        generator.writeArrayPropertyStart("errors");
        problem.errors().forEach(fault -> fault.write(generator));
        generator.writeEndArray();
      }
      problem.members().accept(generator);
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
