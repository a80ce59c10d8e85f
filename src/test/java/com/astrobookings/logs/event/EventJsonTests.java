package com.astrobookings.logs.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventJsonTests {

  private static final Set<String> PERSONAL = Set.of("userId", "email", "ipAddress", "recipient");

  private final List<StoredEvent> events =
      new Events(3).within(Instant.parse("2024-08-12T10:00:00Z"), 200);

  @Test
  void leavesOutWhatTellsWhoSomebodyIsAndNothingElse() {
    Set<String> seen = new TreeSet<>();
    for (StoredEvent event : events) {
      List<String> all = names(event, true);
      seen.addAll(all);
      List<String> expected = new ArrayList<>(all);
      expected.removeAll(PERSONAL);

      assertThat(names(event, false)).isEqualTo(expected);
    }
    assertThat(seen).containsAll(PERSONAL);
  }

  @Test
  void showsWhatIsKnownOfATypeThatIsNot() {
    Envelope envelope =
        new Envelope("a", Instant.EPOCH, "core-api", "t-1", Map.of("team", "booking"));
    StoredEvent event = new StoredEvent(new LogEvent.Unknown(envelope, "PAYMENT"), Instant.EPOCH);

    assertThat(json(event, true))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"id": "a", "type": "PAYMENT", "timestamp": "1970-01-01T00:00:00Z",
                     "receivedAt": "1970-01-01T00:00:00Z", "source": "core-api", "traceId": "t-1",
                     "labels": {"team": "booking"}}
                    """));
  }

  private static List<String> names(StoredEvent event, boolean personal) {
    return List.copyOf(json(event, personal).propertyNames());
  }

  private static JsonNode json(StoredEvent event, boolean personal) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator =
        new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      EventJson.write(generator, event, personal);
    }
    return JsonMapper.shared().readTree(text.toString());
  }
}
