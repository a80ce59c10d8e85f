package com.astrobookings.logs.benchmark;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Events and the documents stored for them. The documents are those that the service itself has
 * stored for the samples, so that all sides write the same.
 */
final class Corpus {

  static final int BATCH = 500;

  private static final byte[] LINE_END = {'\n'};

  private final List<Template> events;
  private final List<Template> documents;

  private Corpus(List<Template> events, List<Template> documents) {
    this.events = events;
    this.documents = documents;
  }

  /** Stores the samples by the service and reads their documents from its Elasticsearch. */
  static Corpus learn(URI service, URI elasticsearch) throws Exception {
    List<String> events = Samples.events();
    Http.post(service.resolve("/api/v1/logs"), "application/x-ndjson", String.join("\n", events));
    List<Template> documents = new ArrayList<>();
    for (int sample = 0; sample < events.size(); sample++) {
      URI source = URI.create("/astrobookings-events-2023.12/_source/" + Samples.id(sample));
      documents.add(new Template(Http.get(elasticsearch.resolve(source))));
    }
    return new Corpus(events.stream().map(Template::new).toList(), documents);
  }

  /** An id between two texts, which may hold the time of the event. */
  Side.Requests id(String before, String after, int month) {
    List<Template> ids =
        IntStream.range(0, events.size())
            .mapToObj(sample -> new Template(before + Samples.id(sample) + after))
            .toList();
    return (out, number) -> ids.get(Samples.of(number)).write(out, month, number);
  }

  /** One event in JSON. */
  Side.Requests event(int month) {
    return (out, number) -> events.get(Samples.of(number)).write(out, month, number);
  }

  /** One document. */
  Side.Requests document(int month) {
    return (out, number) -> documents.get(Samples.of(number)).write(out, month, number);
  }

  /** A batch of events, one a line. */
  Side.Requests batch(int month) {
    return lines(event(month));
  }

  /** The same batch as a bulk request of Elasticsearch. */
  Side.Requests bulk(int month) {
    Side.Requests action = id("{\"create\":{\"_id\":\"", "\"}}\n", month);
    Side.Requests document = document(month);
    return lines((out, number) -> {
      action.write(out, number);
      document.write(out, number);
    });
  }

  private static Side.Requests lines(Side.Requests line) {
    return (out, number) -> {
      for (long i = number * BATCH; i < (number + 1) * BATCH; i++) {
        line.write(out, i);
        out.add(LINE_END);
      }
    };
  }
}
