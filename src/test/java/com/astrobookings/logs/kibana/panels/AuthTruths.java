package com.astrobookings.logs.kibana.panels;

import static com.astrobookings.logs.kibana.panels.Truth.count;
import static com.astrobookings.logs.kibana.panels.Truth.distinct;
import static com.astrobookings.logs.kibana.panels.Truth.first;
import static com.astrobookings.logs.kibana.panels.Truth.last;
import static com.astrobookings.logs.kibana.panels.Truth.mean;
import static com.astrobookings.logs.kibana.panels.Truth.sum;
import static java.util.Map.entry;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.value.Addresses;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

final class AuthTruths {

  static final Map<String, Function<Truth<LogEvent>, Table>> BY_PANEL =
      Map.ofEntries(
          entry("auth-attempts", all -> tries(all).total(count(), sum(AuthTruths::failure))),
          entry("auth-share", all -> tries(all).total(mean(AuthTruths::failure))),
          entry(
              "auth-accounts",
              all -> failed(all).total(distinct(AuthEvent::userId), distinct(AuthTruths::email))),
          entry("auth-addresses", all -> failed(all).total(distinct(AuthTruths::address))),
          entry(
              "auth-over-time",
              all -> tries(all).overTime(2, event -> event.result().outcome(), count())),
          entry(
              "auth-spread-over-time",
              all ->
                  failed(all).overTime(distinct(AuthEvent::userId), distinct(AuthTruths::address))),
          entry(
              "auth-share-over-time",
              all -> tries(all).overTime(5, Truths::service, mean(AuthTruths::failure))),
          entry(
              "auth-top-addresses",
              all ->
                  failed(all)
                      .top(
                          10,
                          AuthTruths::address,
                          count(),
                          distinct(AuthEvent::userId),
                          distinct(AuthTruths::email),
                          first(),
                          last())),
          entry(
              "auth-top-accounts",
              all ->
                  tries(all)
                      .top(
                          10,
                          AuthEvent::userId,
                          sum(AuthTruths::failure),
                          count(),
                          distinct(AuthTruths::address),
                          last())),
          entry(
              "auth-top-emails",
              all ->
                  tries(all)
                      .top(
                          10,
                          AuthTruths::email,
                          sum(AuthTruths::failure),
                          count(),
                          distinct(AuthTruths::address),
                          last())));

  private AuthTruths() {}

  static double failure(AuthEvent event) {
    return Truths.failed(event) ? 1 : 0;
  }

  private static Truth<AuthEvent> tries(Truth<LogEvent> all) {
    return all.of(AuthEvent.class);
  }

  private static Truth<AuthEvent> failed(Truth<LogEvent> all) {
    return tries(all).where(Truths::failed);
  }

  private static String address(AuthEvent event) {
    return Addresses.format(event.ipAddress());
  }

  private static @Nullable String email(AuthEvent event) {
    return Truths.lowerCase(event.email());
  }
}
