package com.astrobookings.logs.local;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if {@code spring.elasticsearch.uris} is not set in any property source. */
final class NoElasticsearchConfigured extends SpringBootCondition {
  private static final String URIS = "spring.elasticsearch.uris";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    List<String> uris =
        Binder.get(context.getEnvironment())
            .bind(URIS, Bindable.listOf(String.class))
            .orElse(List.of());
    return new ConditionOutcome(
        uris.isEmpty(),
        ConditionMessage.forCondition("Local Elasticsearch").because(URIS + " is " + uris));
  }
}
