package com.astrobookings.logs.security;

import com.astrobookings.logs.web.Caller;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configured API keys by their id, so that a request costs one comparison of hashes. */
final class ApiKeys {

  private final Map<String, Entry> byId;

  ApiKeys(List<ApiKey> keys) {
    Map<String, Entry> entries = new HashMap<>();
    for (ApiKey key : keys) {
      Entry other = entries.put(key.id(), new Entry(key));
      if (other != null) {
        throw new IllegalArgumentException(
            "logs.security.api-keys has the id of %s twice, also for %s"
                .formatted(other.key.name(), key.name()));
      }
    }
    this.byId = Map.copyOf(entries);
  }

  /** Returns the key that was presented, expired or not; null if it is none of these. */
  @Nullable Entry find(String text) {
    String id = ApiKeyFormat.id(text);
    Entry entry = id == null ? null : byId.get(id);
    return entry != null && entry.is(text) ? entry : null;
  }

  /** An API key with what a request needs of it, computed once. */
  static final class Entry {

    private final ApiKey key;
    private final byte[] digest;
    private final @Nullable Instant end;
    private final Caller caller;

    private Entry(ApiKey key) {
      this.key = key;
      this.digest = key.digest();
      this.end = key.end();
      this.caller = key.caller();
    }

    /** Takes as long for a wrong key as for the right one. */
    private boolean is(String text) {
      return MessageDigest.isEqual(digest, ApiKeyFormat.hash(text));
    }

    boolean expiredAt(Instant now) {
      return end != null && !now.isBefore(end);
    }

    ApiKey key() {
      return key;
    }

    Caller caller() {
      return caller;
    }
  }
}
