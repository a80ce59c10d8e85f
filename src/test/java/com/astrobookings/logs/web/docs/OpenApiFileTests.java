package com.astrobookings.logs.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.Scope;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;

/** The file by itself and against the declarations in the code. */
class OpenApiFileTests {

  private static final Pattern SCOPE = Pattern.compile("logs:[a-z]+(?![a-z:])");

  /** The keywords of JSON Schema that the file uses, by where they hold schemas. */
  private static final Set<String> SCHEMA =
      Set.of("items", "additionalProperties", "not", "propertyNames");

  private static final Set<String> LIST = Set.of("allOf", "anyOf", "oneOf");
  private static final Set<String> MAP = Set.of("properties", "patternProperties");
  private static final Set<String> OTHERS =
      Set.of(
          "$ref",
          "const",
          "default",
          "dependentRequired",
          "description",
          "discriminator",
          "enum",
          "examples",
          "format",
          "maxItems",
          "maxLength",
          "maxProperties",
          "maximum",
          "minItems",
          "minimum",
          "pattern",
          "required",
          "type",
          "unevaluatedProperties");

  @Test
  void isAnOpenApiDocument() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    String schema = OpenApi.text("openapi/oas-3.1-schema-2022-10-07.json");
    assertThat(registry.getSchema(schema, InputFormat.JSON).validate(OpenApi.document())).isEmpty();
  }

  @Test
  void refersToNothingThatIsMissingAndDefinesNothingThatIsUnused() {
    Set<String> references =
        OpenApi.objects()
            .flatMap(node ->
                Stream.concat(
                    Stream.of(node.path("$ref")), node.at("/discriminator/mapping").valueStream()))
            .filter(JsonNode::isString)
            .map(JsonNode::asString)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> defined = new TreeSet<>();
    OpenApi.document()
        .path("components")
        .forEachEntry((kind, all) -> {
          if (!kind.equals("securitySchemes")) {
            all.propertyNames().forEach(name -> defined.add("#/components/" + kind + "/" + name));
          }
        });
    assertThat(references).isEqualTo(defined);
  }

  /** JSON Schema ignores keywords that it does not know, such as a misspelt one. */
  @Test
  void usesKnownKeywords() {
    OpenApi.document().path("components").path("schemas").forEach(OpenApiFileTests::check);
    OpenApi.objects().map(node -> node.path("schema")).forEach(OpenApiFileTests::check);
  }

  private static void check(JsonNode schema) {
    schema.forEachEntry((keyword, value) -> {
      if (LIST.contains(keyword) || MAP.contains(keyword)) {
        value.forEach(OpenApiFileTests::check);
      } else if (SCHEMA.contains(keyword)) {
        check(value);
      } else {
        assertThat(OTHERS).as("%s", schema).contains(keyword);
      }
    });
  }

  @Test
  void everyExampleIsValid() {
    List<JsonNode> valid = new ArrayList<>();
    OpenApi.objects()
        .forEach(node -> {
          JsonNode schema = node.has("schema") ? node.path("schema") : node;
          examples(node)
              .forEach(example -> {
                assertThat(OpenApi.errors(schema, example)).as("%s", example).isEmpty();
                valid.add(example);
              });
        });
    assertThat(valid).hasSizeGreaterThan(60);
  }

  /** The values that stand beside a schema, or in it. */
  private static Stream<JsonNode> examples(JsonNode node) {
    JsonNode examples = node.path("examples");
    Stream<JsonNode> several =
        examples.isArray()
            ? examples.valueStream()
            : node.has("schema")
                ? examples.valueStream().map(it -> OpenApi.resolve(it).path("value"))
                : Stream.of();
    JsonNode example = node.path("example");
    return example.isMissingNode() ? several : Stream.concat(several, Stream.of(example));
  }

  @ParameterizedTest
  @EnumSource
  void describesTheMembersOfEvents(EventType type) {
    JsonNode sent = OpenApi.component("schemas", name(type) + "Event");
    JsonNode read = OpenApi.component("schemas", name(type) + "Log");
    List<Field<?>> fields = EventSchema.fieldsOf(type);
    Map<String, Map<String, JsonNode>> properties = OpenApi.properties(sent);

    assertThat(properties.keySet()).containsExactlyInAnyOrderElementsOf(names(fields.stream()));
    assertThat(OpenApi.properties(read).keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(names(fields.stream()).stream(), Stream.of("receivedAt")).toList());
    assertThat(texts(sent.path("required")))
        .containsExactlyInAnyOrderElementsOf(names(fields.stream().filter(Field::required)));
    fields.forEach(field -> check(field, properties.get(field.name()), type));
  }

  private static void check(Field<?> field, Map<String, JsonNode> property, EventType type) {
    assertThat(property.get("description").asString())
        .as(field.name())
        .matches(Pattern.quote(StringUtils.capitalize(field.description())) + "[;.](.|\n)*");
    List<String> choices = field.codec().choices();
    if (property.containsKey("const")) {
      assertThat(property.get("const").asString()).isEqualTo(type.name());
    } else {
      assertThat(texts(property.getOrDefault("enum", OpenApi.JSON.createArrayNode())))
          .as(field.name())
          .isEqualTo(choices);
    }
  }

  @Test
  void describesTheTypesOfEvents() {
    List<String> types = Arrays.stream(EventType.values()).map(Enum::name).toList();
    for (String kind : List.of("Event", "Log")) {
      JsonNode union = OpenApi.component("schemas", kind);
      List<String> schemas =
          Arrays.stream(EventType.values())
              .map(type -> "#/components/schemas/" + name(type) + kind)
              .toList();
      assertThat(union.path("oneOf").valueStream().map(one -> one.path("$ref").asString()))
          .isEqualTo(schemas);
      JsonNode mapping = union.path("discriminator").path("mapping");
      assertThat(mapping.propertyNames()).containsExactlyElementsOf(types);
      assertThat(texts(mapping)).isEqualTo(schemas);
    }
    assertThat(texts(OpenApi.resolve(parameter("type")).at("/schema/items/enum"))).isEqualTo(types);
  }

  @Test
  void describesEveryFilterByItsField() {
    for (Field<?> field : EventSchema.fields().values()) {
      if (field.filter() != null) {
        JsonNode parameter = parameter(field.filter());
        assertThat(parameter.path("description").asString().contains("`logs:pii`"))
            .as("%s is personal", field)
            .isEqualTo(field.personal());
        assertThat(texts(parameter.at("/schema/items/enum"))).isEqualTo(field.codec().choices());
      }
    }
  }

  @Test
  void namesThePersonalMembers() {
    String description = OpenApi.operation("listLogs").node().path("description").asString();
    String sentence = description.substring(description.indexOf("Without `logs:pii`"));
    assertThat(quoted(sentence).stream().skip(1))
        .containsExactlyInAnyOrderElementsOf(
            names(EventSchema.fields().values().stream().filter(Field::personal)));
  }

  @Test
  void describesEveryProblem() {
    List<String> types = Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList();
    assertThat(texts(OpenApi.component("schemas", "Problem").at("/properties/type/enum")))
        .isEqualTo(types);
    Set<String> shown = new TreeSet<>();
    OpenApi.document()
        .at("/components/examples")
        .forEach(example -> {
          JsonNode problem = example.path("value");
          if (problem.has("detail")) {
            ProblemType type =
                Arrays.stream(ProblemType.values())
                    .filter(it -> it.uri().equals(problem.path("type").asString()))
                    .findAny()
                    .orElseThrow();
            assertThat(problem.path("title").asString()).isEqualTo(type.title());
            assertThat(problem.path("status").asInt()).isEqualTo(type.status().value());
            shown.add(type.uri());
          }
        });
    assertThat(shown).containsExactlyInAnyOrderElementsOf(types);
  }

  /** The response that refers to an example states its status, unless it is the default. */
  @Test
  void showsProblemsUnderTheirStatus() {
    OpenApi.operations()
        .forEach(operation ->
            operation
                .node()
                .path("responses")
                .forEachEntry((status, response) ->
                    OpenApi.resolve(response)
                        .at("/content/application~1problem+json/examples")
                        .forEach(example -> {
                          JsonNode shown = OpenApi.resolve(example).at("/value/status");
                          assertThat(status).as("%s", operation).isIn(shown.asString(), "default");
                        })));
  }

  @Test
  void namesEveryRule() {
    assertThat(texts(OpenApi.component("schemas", "Fault").at("/properties/rule/enum")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Violation.Rule.values())
                .map(rule -> rule.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void namesEveryScope() {
    Set<String> named =
        SCOPE
            .matcher(OpenApi.text("openapi.yaml"))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    named.remove("logs:problem");
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Scope.values()).map(Scope::text).toList());
  }

  private static JsonNode parameter(String name) {
    return OpenApi.component("parameters", name);
  }

  private static String name(EventType type) {
    return StringUtils.capitalize(type.name().toLowerCase(Locale.ROOT));
  }

  private static List<String> names(Stream<Field<?>> fields) {
    return fields.map(Field::name).toList();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  private static List<String> quoted(String text) {
    return Pattern.compile("`([^`]+)`").matcher(text).results().map(it -> it.group(1)).toList();
  }
}
