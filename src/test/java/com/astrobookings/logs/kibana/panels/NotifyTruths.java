package com.astrobookings.logs.kibana.panels;

import static com.astrobookings.logs.kibana.panels.Truth.count;
import static com.astrobookings.logs.kibana.panels.Truth.distinct;
import static com.astrobookings.logs.kibana.panels.Truth.last;
import static com.astrobookings.logs.kibana.panels.Truth.mean;
import static com.astrobookings.logs.kibana.panels.Truth.sum;
import static java.util.Map.entry;

import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.NotifyEvent;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

final class NotifyTruths {

  static final Map<String, Function<Truth<LogEvent>, Table>> BY_PANEL =
      Map.ofEntries(
          entry("notify-sent", all -> sent(all).total(count(), distinct(NotifyEvent::jobId))),
          entry("notify-failed", all -> failed(all).total(count())),
          entry("notify-share", all -> sent(all).total(mean(NotifyTruths::failure))),
          entry("notify-recipients", all -> failed(all).total(distinct(NotifyTruths::recipient))),
          entry(
              "notify-over-time",
              all -> sent(all).overTime(2, event -> event.status().outcome(), count())),
          entry(
              "notify-share-by-type",
              all -> sent(all).top(10, NotifyEvent::notificationType, mean(NotifyTruths::failure))),
          entry(
              "notify-types-over-time",
              all -> sent(all).overTime(10, NotifyEvent::notificationType, count())),
          entry(
              "notify-jobs",
              all ->
                  sent(all)
                      .top(
                          10,
                          NotifyEvent::jobId,
                          sum(NotifyTruths::failure),
                          count(),
                          mean(NotifyTruths::failure),
                          last())),
          entry(
              "notify-top-recipients",
              all ->
                  failed(all)
                      .top(
                          10,
                          NotifyTruths::recipient,
                          count(),
                          distinct(NotifyEvent::jobId),
                          last())));

  private NotifyTruths() {}

  static double failure(NotifyEvent event) {
    return Truths.failed(event) ? 1 : 0;
  }

  private static Truth<NotifyEvent> sent(Truth<LogEvent> all) {
    return all.of(NotifyEvent.class);
  }

  private static Truth<NotifyEvent> failed(Truth<LogEvent> all) {
    return sent(all).where(Truths::failed);
  }

  private static @Nullable String recipient(NotifyEvent event) {
    return Truths.lowerCase(event.recipient());
  }
}
