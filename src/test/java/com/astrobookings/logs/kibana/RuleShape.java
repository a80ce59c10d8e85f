package com.astrobookings.logs.kibana;

import static com.astrobookings.logs.kibana.Shape.flag;
import static com.astrobookings.logs.kibana.Shape.integer;
import static com.astrobookings.logs.kibana.Shape.list;
import static com.astrobookings.logs.kibana.Shape.number;
import static com.astrobookings.logs.kibana.Shape.object;
import static com.astrobookings.logs.kibana.Shape.oneOf;
import static com.astrobookings.logs.kibana.Shape.text;

/** The part of the alerting API that our rules use: what can be sent to create and to replace. */
final class RuleShape {

  private static final Shape PARAMS =
      object()
          .with("searchType", oneOf("esQuery"))
          .with("index", list(1, 1, oneOf("astrobookings-events-*")))
          .with("timeField", oneOf("@timestamp"))
          .with("esQuery", text())
          .with("timeWindowSize", integer(1, 100))
          .with("timeWindowUnit", oneOf("m", "h"))
          .with("size", integer(0, 0))
          .with("excludeHitsFromPreviousRun", flag())
          .with("aggType", oneOf("count", "avg"))
          .maybe("aggField", text())
          .with("groupBy", oneOf("all", "top"))
          .maybe("termField", text())
          .maybe("termSize", integer(1, 1000))
          .with("thresholdComparator", oneOf(">=", "<"))
          .with("threshold", list(1, 1, number()));

  static final Shape RULE =
      object()
          .with("name", text("AstroBookings / .+"))
          .with("tags", list(1, 5, text()))
          .with("schedule", object().with("interval", text("[1-9][0-9]*[mh]")))
          .with("params", PARAMS)
          .with("actions", list(0, 0, text()));

  private RuleShape() {}
}
