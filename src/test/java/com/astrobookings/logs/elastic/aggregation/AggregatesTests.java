package com.astrobookings.logs.elastic.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.stats.Dimension;
import com.astrobookings.logs.store.stats.EventStats;
import com.astrobookings.logs.store.stats.EventStats.Counts;
import com.astrobookings.logs.store.stats.EventStats.Value;
import com.astrobookings.logs.store.stats.StatsRequest;
import com.astrobookings.logs.store.stats.StatsRequest.Resolution;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How answers of Elasticsearch become statistics. */
class AggregatesTests {

  private static final EventQuery ALL = new EventQuery(null, null, Set.of(), Order.ASC);

  private static final StatsRequest BY_TYPE =
      new StatsRequest(
          new Resolution.None(),
          ZoneOffset.UTC,
          List.of(new Dimension("type", "event.code")),
          2,
          false);

  private static InputStream answer(String json) {
    return new ByteArrayInputStream(json.replace('\'', '"').getBytes(UTF_8));
  }

  @Test
  void readsCountsValuesAndTheErrorBound() {
    Aggregates found =
        Aggregates.read(
            answer(
                """
                {'took':3,'timed_out':false,'_shards':{'total':2,'failed':0},
                 'hits':{'total':{'value':100,'relation':'eq'},'max_score':null,'hits':[]},
                 'aggregations':{'failed':{'value':7.0},'by':{
                   'doc_count_error_upper_bound':5,'sum_other_doc_count':30,'buckets':[
                     {'key':'AUTH','doc_count':40,'failed':{'value':7.0},
                      'first':{'value':1.723456789123E12,'value_as_string':'x'},
                      'last':{'value':1.723456789124E12}},
                     {'key':'ERROR','doc_count':20,'failed':{'value':0.0},
                      'first':{'value':null},'last':{'value':null}}]},
                  'seconds':{'count':0,'min':null,'max':null,'avg':null,'sum':0.0},
                  'percentiles':{'values':{'50.0':null,'95.0':null,'99.0':null}}}}
                """));
    EventStats stats = found.stats(ALL, BY_TYPE, null);
    assertThat(stats.counts()).isEqualTo(new Counts(100, 7));
    assertThat(stats.groups().values()).extracting(Value::value).containsExactly("AUTH", "ERROR");
    assertThat(stats.groups().values().getFirst().firstSeen())
        .isEqualTo(Instant.ofEpochMilli(1_723_456_789_123L));
    assertThat(stats.groups().other()).isEqualTo(30);
    assertThat(stats.groups().missing()).isEqualTo(10);
    assertThat(stats.groups().errorBound()).isEqualTo(5);
    assertThat(found.isApproximate()).isTrue();
    assertThat(stats.reconciliations()).isNull();
  }

  @Test
  void isAnErrorWithoutAllShards() {
    for (String incomplete :
        List.of(
            "{'timed_out':true,'_shards':{'failed':0},'hits':{'total':{'value':3}}}",
            "{'timed_out':false,'_shards':{'total':2,'failed':1},'hits':{'total':{'value':3}}}")) {
      assertThatThrownBy(() -> Aggregates.read(answer(incomplete)))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> CompositePage.read(answer(incomplete)))
          .isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void readsAPageOfAllValues() {
    CompositePage page =
        CompositePage.read(
            answer(
                """
                {'pit_id':'p-2','timed_out':false,'_shards':{'failed':0},'hits':{'hits':[]},
                 'aggregations':{'by':{'after_key':{'0':'b','1':'x'},'buckets':[
                   {'key':{'0':'a','1':null},'doc_count':3},
                   {'key':{'0':'b','1':'x'},'doc_count':4}]}}}
                """));
    assertThat(page.pointInTime()).isEqualTo("p-2");
    assertThat(page.counts())
        .containsExactly(
            new CompositePage.Entry("a", null, 3), new CompositePage.Entry("b", "x", 4));
  }

  @Test
  void ranksByCountAndThenByTheOrderOfKeys() {
    Ranking ranking = new Ranking(2);
    ranking.add("a", null, 5);
    ranking.add("b", "x", 3);
    ranking.add("b", "y", 4);
    ranking.add("c", "z", 7);
    ranking.add("d", "x", 6);
    ranking.complete();
    assertThat(ranking.first()).containsExactly("b", "c");
    assertThat(ranking.second()).containsExactly("x", "y", "z");

    Aggregates found = new Aggregates();
    found.count = 30;
    found.errorBound = 9;
    for (String value : List.of("c", "b")) {
      found.values.add(new Aggregates(value));
    }
    EventStats stats = ranking.applyTo(found).stats(ALL, BY_TYPE, null);
    assertThat(stats.groups().values()).extracting(Value::value).containsExactly("b", "c");
    assertThat(stats.groups().values())
        .extracting(value -> value.counts().count())
        .containsExactly(7L, 7L);
    assertThat(stats.groups().other()).isEqualTo(11);
    assertThat(stats.groups().missing()).isEqualTo(5);
    assertThat(stats.groups().errorBound()).isZero();
  }
}
