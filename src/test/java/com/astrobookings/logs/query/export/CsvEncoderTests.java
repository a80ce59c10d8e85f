package com.astrobookings.logs.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.event.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvEncoderTests {

  private static final Instant TIME = Instant.parse("2024-08-11T09:30:00.123456789Z");

  @Test
  void writesALineOfNamesAndOneForEachEvent() {
    StoredEvent event =
        new StoredEvent(
            new ReconcileEvent(
                new Envelope("r-1", TIME, "core", null, Map.of("team", "a,b")),
                "CustomerDB",
                150_000L,
                0L,
                new BigDecimal("93.25")),
            TIME);
    assertThat(encode(columns(EventType.RECONCILE), false, event))
        .isEqualTo(
            """
            id,type,timestamp,receivedAt,source,traceId,process,recordsProcessed,\
            discrepanciesFound,timeTakenSeconds,labels\r
            r-1,RECONCILE,2024-08-11T09:30:00.123456789Z,2024-08-11T09:30:00.123456789Z,core,,\
            CustomerDB,150000,0,93.25,"{""team"":""a,b""}"\r
            """);
  }

  @Test
  void hasTheMembersThatTheTypesCanHave() {
    assertThat(Column.of(Set.of(EventType.ERROR)).keySet())
        .containsExactly(
            "id",
            "type",
            "timestamp",
            "receivedAt",
            "source",
            "traceId",
            "errorCode",
            "errorMessage",
            "stackTrace",
            "labels");
    assertThat(Column.of(Set.of(EventType.values())).keySet())
        .contains("userId", "stackTrace", "process", "recipient")
        .endsWith("labels");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain|plain",
        "with space|with space",
        "a,b|`\"a,b\"`",
        "say \"hi\"|`\"say \"\"hi\"\"\"`",
        "a;b|`\"a;b\"`",
        "'O''Brien'|'O''Brien'",
        "Zürich 予約 🚀|Zürich 予約 🚀",
      },
      delimiter = '|')
  void quotesWhatNeedsIt(String text, String cell) {
    assertThat(cell(text, false)).isEqualTo(cell);
  }

  @Test
  void keepsLineBreaksInsideOfACell() {
    assertThat(cell("java.lang.X: y\n\tat a.B(C.java:1)\r\n", false))
        .isEqualTo("\"java.lang.X: y\n\tat a.B(C.java:1)\r\n\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\tx",
        "\r=1",
        "\rx",
        " =1",
        "\n=1",
        "\u00a0=1",
        "\ufeff=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff20SUM(A1)",
        "=HYPERLINK(\"http://x\",\"y\")",
        "=cmd|' /C calc'!A0",
      })
  void putsAnApostropheBeforeWhatCouldBeAFormula(String text) {
    assertThat(parsed(cell(text, false))).isEqualTo("'" + text);
    assertThat(parsed(cell(text, true))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a=1", "1-1", "user@example.com", "'=1", "http://x?a=b", "{\"a\":1}", "\nx"})
  void leavesOtherTextsAsTheyAre(String text) {
    assertThat(parsed(cell(text, false))).isEqualTo(text);
  }

  @Test
  void writesOneLabelInAColumnOfItsOwn() {
    StoredEvent labelled = error("m", Map.of("team", "=x", "region", ""));
    List<Column> columns =
        Stream.of("label.team", "label.region", "label.none").map(Column::label).toList();
    assertThat(encode(columns, false, labelled))
        .isEqualTo("label.team,label.region,label.none\r\n'=x,\"\",\r\n");
    assertThat(Column.label("label.Team")).isNull();
    assertThat(Column.label("team")).isNull();
  }

  private static String cell(String text, boolean raw) {
    Column message = Column.of(Set.of(EventType.ERROR)).get("errorMessage");
    String lines = encode(List.of(message), raw, error(text, Map.of()));
    assertThat(lines).startsWith("errorMessage\r\n").endsWith("\r\n");
    return lines.substring("errorMessage\r\n".length(), lines.length() - 2);
  }

  private static String parsed(String cell) {
    return cell.startsWith("\"")
        ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
        : cell;
  }

  private static StoredEvent error(String message, Map<String, String> labels) {
    return new StoredEvent(
        new ErrorEvent(new Envelope("e-1", TIME, null, null, labels), "E", message, null), TIME);
  }

  private static List<Column> columns(EventType type) {
    return List.copyOf(Column.of(Set.of(type)).values());
  }

  private static String encode(List<Column> columns, boolean raw, StoredEvent event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportFormat.Encoder encoder = new ExportFormat.Csv(columns, raw).encoder(out);
    encoder.begin();
    encoder.write(event);
    encoder.flush();
    return out.toString(StandardCharsets.UTF_8);
  }
}
