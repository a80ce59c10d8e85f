package com.astrobookings.logs.store.stats;

/**
 * A field by whose values events are counted.
 *
 * @param name the name in the API, as in {@code errorCode} and {@code label.team}
 * @param path the field of the stored document; of labels with the key
 */
public record Dimension(String name, String path) {}
