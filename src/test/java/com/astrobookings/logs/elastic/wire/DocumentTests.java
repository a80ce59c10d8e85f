package com.astrobookings.logs.elastic.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

class DocumentTests {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(
              new SimpleModule().addDeserializer(Document.class, new Document.Deserializer()))
          .build();

  private final StoredEvent event = new Events(1).next();

  @Test
  void readsWhatWasWritten() {
    int bytes = text(event).getBytes(StandardCharsets.UTF_8).length;
    assertThat(read(text(event))).containsExactly(new Document(event, "", bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"foo\":{\"bar\":[1,{\"a\":{}}]}}",
        "{\"@timestamp\":5,\"x\":{\"y\":1}}",
        "{\"@timestamp\":{\"deep\":{\"er\":[{}]}},\"x\":{}}",
        "{\"event\":{\"code\":\"NOPE\",\"id\":{\"a\":1}},\"z\":[[]]}",
        "{\"event\":[{\"code\":\"AUTH\"}]}",
        "{\"event\":{\"code\":[\"AUTH\"]},\"user\":{\"id\":7}}",
        "{\"labels\":{\"a\":{\"b\":\"c\"}},\"@timestamp\":\"yesterday\"}",
        "{\"reconcile\":{\"records_processed\":1e400}}"
      })
  void passesOverWhatIsNotAnEventAndReadsTheNext(String foreign) {
    List<Document> documents = read(foreign + "," + text(event) + "," + foreign);
    assertThat(documents).hasSize(3);
    assertThat(documents.get(0).event()).isNull();
    assertThat(documents.get(0).fault()).isNotBlank();
    assertThat(documents.get(1).event()).isEqualTo(event);
    assertThat(documents.get(2)).isEqualTo(documents.get(0));
  }

  @Test
  void saysToOperatorsWhichDocumentItIs() {
    assertThat(new Document(null, "it has no id", 0).complaint("some-index", "some-id"))
        .isEqualTo("The document some-id in some-index is not an event of ours: it has no id");
  }

  private static String text(StoredEvent event) {
    return new String(EventDocument.write(event), StandardCharsets.UTF_8);
  }

  private static List<Document> read(String documents) {
    byte[] answer = ("[" + documents + "]").getBytes(StandardCharsets.UTF_8);
    return JSON.readValue(answer, new TypeReference<List<Document>>() {});
  }
}
