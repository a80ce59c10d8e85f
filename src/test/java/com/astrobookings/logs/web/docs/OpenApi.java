package com.astrobookings.logs.web.docs;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI document as tests read it: by a parser of YAML 1.2, other than the service's. */
public final class OpenApi {

  static final JsonMapper JSON = new JsonMapper();

  private static final String IRI = "https://logs.test/openapi";
  private static final JsonNode DOCUMENT = new YAMLMapper().readTree(text("openapi.yaml"));

  /** The discriminators of OpenAPI change nothing about what is valid, so they are left out. */
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          Dialects.getDraft202012(),
          builder ->
              builder
                  .schemas(Map.of(IRI, DOCUMENT.toString()))
                  .schemaRegistryConfig(
                      new SchemaRegistryConfig.Builder().formatAssertionsEnabled(true).build()));

  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  /** A method of a path, in lower case, with its description. */
  record Operation(String method, String path, JsonNode node) {

    /** What the operation says of responses of this status, by itself or in general. */
    JsonNode response(int status) {
      JsonNode responses = node.path("responses");
      JsonNode stated = responses.path(Integer.toString(status));
      return resolve(stated.isMissingNode() ? responses.path("default") : stated);
    }

    Stream<JsonNode> parameters() {
      return node.path("parameters").valueStream().map(OpenApi::resolve);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private OpenApi() {}

  static String text(String file) {
    try {
      return new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode document() {
    return DOCUMENT;
  }

  /** Every object in the document, at any depth. */
  static Stream<JsonNode> objects() {
    return below(DOCUMENT).filter(JsonNode::isObject);
  }

  private static Stream<JsonNode> below(JsonNode node) {
    return Stream.concat(Stream.of(node), node.valueStream().flatMap(OpenApi::below));
  }

  /** The named object of the components. */
  static JsonNode component(String kind, String name) {
    return DOCUMENT.path("components").path(kind).path(name);
  }

  /** The node, or what it refers to. */
  static JsonNode resolve(JsonNode node) {
    return node.has("$ref")
        ? resolve(DOCUMENT.at(node.path("$ref").asString().substring(1)))
        : node;
  }

  static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    DOCUMENT
        .path("paths")
        .forEachEntry((path, methods) ->
            methods.forEachEntry(
                (method, node) -> operations.add(new Operation(method, path, node))));
    return operations;
  }

  static Operation operation(String id) {
    return operations().stream()
        .filter(operation -> operation.node().path("operationId").asString().equals(id))
        .findAny()
        .orElseThrow();
  }

  /** The properties of a schema and of all schemas of its {@code allOf}; keywords are united. */
  static Map<String, Map<String, JsonNode>> properties(JsonNode schema) {
    Map<String, Map<String, JsonNode>> properties = new LinkedHashMap<>();
    schema
        .path("allOf")
        .forEach(part ->
            properties(resolve(part))
                .forEach((name, keywords) ->
                    properties
                        .computeIfAbsent(name, key -> new LinkedHashMap<>())
                        .putAll(keywords)));
    schema
        .path("properties")
        .forEachEntry((name, property) -> {
          Map<String, JsonNode> keywords =
              properties.computeIfAbsent(name, key -> new LinkedHashMap<>());
          resolve(property).forEachEntry(keywords::put);
          property.forEachEntry(keywords::put);
        });
    return properties;
  }

  /** What is wrong with a value by a schema of the components; empty if it is valid. */
  public static List<Error> errors(String schema, JsonNode value) {
    return schema("#/components/schemas/" + schema).validate(value);
  }

  /** What is wrong with a value by a schema that stands anywhere in the document. */
  static List<Error> errors(JsonNode schema, JsonNode value) {
    if (schema.has("$ref")) {
      return schema(schema.path("$ref").asString()).validate(value);
    }
    JsonNode absolute =
        JSON.readTree(schema.toString().replace("\"#/components", "\"" + IRI + "#/components"));
    return REGISTRY.getSchema(absolute).validate(value);
  }

  private static Schema schema(String fragment) {
    return SCHEMAS.computeIfAbsent(
        fragment, key -> REGISTRY.getSchema(SchemaLocation.of(IRI + key)));
  }
}
