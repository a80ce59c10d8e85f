package com.astrobookings.logs.event;

import java.time.Instant;

/**
 * An event and when this service received it.
 *
 * @param event what happened
 * @param receivedAt when it was received; not part of the event's content
 */
public record StoredEvent(LogEvent event, Instant receivedAt) {}
