package com.astrobookings.logs.query.export;

import com.astrobookings.logs.event.EventJson;
import com.astrobookings.logs.event.StoredEvent;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Encodes each event as one line of JSON. */
final class NdjsonEncoder implements ExportFormat.Encoder {

  private static final JsonFactory JSON = JsonFactory.builder().rootValueSeparator("").build();

  private final JsonGenerator generator;
  private final boolean personal;

  NdjsonEncoder(OutputStream out, boolean personal) {
    this.generator = JSON.createGenerator(ObjectWriteContext.empty(), out);
    this.personal = personal;
  }

  @Override
  public void begin() {
    // without a header
  }

  @Override
  public void write(StoredEvent event) {
    EventJson.write(generator, event, personal);
    generator.writeRaw('\n');
  }

  @Override
  public void flush() {
    generator.flush();
  }
}
