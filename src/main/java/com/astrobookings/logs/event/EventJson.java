package com.astrobookings.logs.event;

import tools.jackson.core.JsonGenerator;

/** Writes events as responses contain them: the normalised members and the time of receipt. */
public final class EventJson {

  private EventJson() {}

  /**
   * Writes one object with the members in the order of their declaration; of a type that is unknown
   * here, the members that events of every type have.
   *
   * @param personal whether to include members that are personal data
   */
  public static void write(JsonGenerator generator, StoredEvent stored, boolean personal) {
    LogEvent event = stored.event();
    generator.writeStartObject();
    EventType type = event.type();
    for (Field<?> field : type == null ? Envelope.FIELDS : EventSchema.fieldsOf(type)) {
      if (field == Envelope.TYPE && event instanceof LogEvent.Unknown unknown) {
        generator.writeStringProperty(field.name(), unknown.typeName());
      } else if (personal || !field.personal()) {
        field.write(generator, event);
      }
      if (field == Envelope.TIMESTAMP) {
        generator.writeStringProperty("receivedAt", stored.receivedAt().toString());
      }
    }
    generator.writeEndObject();
  }
}
