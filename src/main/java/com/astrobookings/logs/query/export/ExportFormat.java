package com.astrobookings.logs.query.export;

import com.astrobookings.logs.event.StoredEvent;
import java.io.OutputStream;
import java.util.List;
import org.springframework.http.MediaType;

/** A format of exports. */
public sealed interface ExportFormat {

  /** The media type of newline-delimited JSON. */
  MediaType NDJSON = MediaType.APPLICATION_NDJSON;

  /** The media type of comma-separated values (RFC 4180). */
  MediaType CSV = MediaType.parseMediaType("text/csv");

  /** The value of the header {@code Content-Type}. */
  MediaType mediaType();

  /** The extension of a file, without the dot. */
  String extension();

  /**
   * Returns an encoder of one export.
   *
   * @param out receives what it encodes
   */
  Encoder encoder(OutputStream out);

  /** Encodes events one after the other. Not safe for use by several threads. */
  interface Encoder {

    /** Writes what precedes the events. */
    void begin();

    /** Writes an event. */
    void write(StoredEvent event);

    /** Passes on all that was written. */
    void flush();
  }

  /**
   * One event a line, as a page of events contains it.
   *
   * @param personal whether to include members that are personal data
   */
  record Ndjson(boolean personal) implements ExportFormat {

    @Override
    public MediaType mediaType() {
      return NDJSON;
    }

    @Override
    public String extension() {
      return "ndjson";
    }

    @Override
    public Encoder encoder(OutputStream out) {
      return new NdjsonEncoder(out, personal);
    }
  }

  /**
   * A line of names, then one line for each event, separated by commas (RFC 4180).
   *
   * @param columns the columns in their order
   * @param raw whether cells may begin like formulas
   */
  record Csv(List<Column> columns, boolean raw) implements ExportFormat {

    private static final MediaType WITH_HEADER =
        MediaType.parseMediaType("text/csv;charset=UTF-8;header=present");

    /** Keeps a copy. */
    public Csv {
      columns = List.copyOf(columns);
    }

    @Override
    public MediaType mediaType() {
      return WITH_HEADER;
    }

    @Override
    public String extension() {
      return "csv";
    }

    @Override
    public Encoder encoder(OutputStream out) {
      return new CsvEncoder(out, columns, raw);
    }
  }
}
