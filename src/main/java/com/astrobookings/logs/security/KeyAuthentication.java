package com.astrobookings.logs.security;

import com.astrobookings.logs.web.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Somebody with a valid API key. The key itself is not kept. */
final class KeyAuthentication extends AbstractAuthenticationToken {

  private final String name;

  KeyAuthentication(Caller caller) {
    super(
        caller.scopes().stream()
            .map(scope -> new SimpleGrantedAuthority(Gate.AUTHORITY + scope.text()))
            .toList());
    this.name = caller.name();
    super.setAuthenticated(true);
  }

  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  @Override
  public Object getPrincipal() {
    return name;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
