package com.astrobookings.logs.security;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API keys of the service, found by their id, so that one comparison of secrets decides. */
final class KeyRing {

  private final Map<String, ApiKey> byId;

  KeyRing(List<ApiKey> keys) {
    Map<String, ApiKey> found = new HashMap<>();
    for (ApiKey key : keys) {
      ApiKey other = found.put(key.id(), key);
      if (other != null) {
        throw new IllegalArgumentException(
            "logs.security.api-keys has the id of %s twice, also for %s"
                .formatted(other.name(), key.name()));
      }
    }
    this.byId = Map.copyOf(found);
  }

  /** The key that was presented, expired or not; empty if it is none of ours. */
  Optional<ApiKey> find(String key) {
    return KeyText.id(key).map(byId::get).filter(known -> known.is(key));
  }
}
