package com.astrobookings.logs.kibana.panels;

import static com.astrobookings.logs.kibana.panels.Truth.count;
import static com.astrobookings.logs.kibana.panels.Truth.distinct;
import static com.astrobookings.logs.kibana.panels.Truth.first;
import static com.astrobookings.logs.kibana.panels.Truth.last;
import static com.astrobookings.logs.kibana.panels.Truth.mean;
import static com.astrobookings.logs.kibana.panels.Truth.only;
import static com.astrobookings.logs.kibana.panels.Truth.orMissing;
import static com.astrobookings.logs.kibana.panels.Truth.sum;
import static com.astrobookings.logs.kibana.panels.Truths.chart;
import static com.astrobookings.logs.kibana.panels.Truths.tile;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.kibana.panels.Truth.Column;
import com.astrobookings.logs.kibana.panels.Truths.Chart;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class AuthTruths {

  private static final Column<AuthEvent> FAILED = sum(AuthTruths::failure);
  private static final Column<AuthEvent> SUCCESSFUL = only(e -> !Truths.failed(e), count());
  private static final Column<AuthEvent> ADDRESSES =
      only(Truths::failed, distinct(AuthTruths::address));

  static final Map<String, Chart> BY_LAYER =
      Truths.all(
          tile("auth-attempts", AuthTruths::tries, count()),
          tile("auth-share", AuthTruths::tries, mean(AuthTruths::failure)),
          tile("auth-accounts", AuthTruths::failed, distinct(AuthEvent::userId)),
          tile("auth-addresses", AuthTruths::failed, distinct(AuthTruths::address)),
          chart(
              "auth-over-time",
              all -> tries(all).overTime(only(Truths::failed, count()), SUCCESSFUL)),
          chart(
              "auth-spread-over-time",
              all ->
                  failed(all).overTime(distinct(AuthEvent::userId), distinct(AuthTruths::address))),
          chart(
              "auth-share-over-time",
              all -> tries(all).overTime(5, orMissing(Truths::service), mean(AuthTruths::failure))),
          chart(
              "auth-top-addresses",
              all ->
                  tries(all)
                      .top(
                          10,
                          AuthTruths::address,
                          FAILED,
                          SUCCESSFUL,
                          only(Truths::failed, distinct(AuthEvent::userId)),
                          only(Truths::failed, distinct(AuthTruths::email)),
                          first(),
                          last())),
          chart(
              "auth-top-accounts",
              all -> tries(all).top(10, AuthEvent::userId, FAILED, SUCCESSFUL, ADDRESSES, last())),
          chart(
              "auth-top-emails",
              all -> tries(all).top(10, AuthTruths::email, FAILED, SUCCESSFUL, ADDRESSES, last())));

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
