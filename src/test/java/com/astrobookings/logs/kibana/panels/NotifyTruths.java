package com.astrobookings.logs.kibana.panels;

import static com.astrobookings.logs.kibana.panels.Truth.count;
import static com.astrobookings.logs.kibana.panels.Truth.distinct;
import static com.astrobookings.logs.kibana.panels.Truth.last;
import static com.astrobookings.logs.kibana.panels.Truth.mean;
import static com.astrobookings.logs.kibana.panels.Truth.only;
import static com.astrobookings.logs.kibana.panels.Truth.sum;
import static com.astrobookings.logs.kibana.panels.Truths.chart;
import static com.astrobookings.logs.kibana.panels.Truths.tile;

import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.NotifyEvent;
import com.astrobookings.logs.kibana.panels.Truth.Column;
import com.astrobookings.logs.kibana.panels.Truths.Chart;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class NotifyTruths {

  private static final Column<NotifyEvent> FAILED = sum(NotifyTruths::failure);
  private static final Column<NotifyEvent> SHARE = mean(NotifyTruths::failure);

  static final Map<String, Chart> BY_LAYER =
      Truths.all(
          tile("notify-sent", NotifyTruths::sent, count()),
          tile("notify-failed", NotifyTruths::failed, count()),
          tile("notify-share", NotifyTruths::sent, SHARE),
          tile("notify-recipients", NotifyTruths::failed, distinct(NotifyTruths::recipient)),
          chart(
              "notify-over-time",
              all ->
                  sent(all)
                      .overTime(
                          only(Truths::failed, count()), only(e -> !Truths.failed(e), count()))),
          chart(
              "notify-share-over-time",
              all -> sent(all).overTime(8, NotifyEvent::notificationType, SHARE)),
          chart(
              "notify-types-over-time",
              all -> sent(all).overTime(8, NotifyEvent::notificationType, count())),
          chart(
              "notify-types",
              all ->
                  sent(all)
                      .top(
                          20,
                          NotifyEvent::notificationType,
                          FAILED,
                          count(),
                          SHARE,
                          only(Truths::failed, distinct(NotifyTruths::recipient)),
                          last())),
          chart(
              "notify-jobs",
              all -> sent(all).top(10, NotifyEvent::jobId, FAILED, count(), SHARE, last())),
          chart(
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
