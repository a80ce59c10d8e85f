package com.astrobookings.logs.local;

import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchConnectionDetails;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchConnectionDetails.Node;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchConnectionDetails.Node.Protocol;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@Conditional(NoElasticsearchConfigured.class)
@EnableConfigurationProperties(LocalNodeProperties.class)
class LocalNodeConfiguration {
  @Bean(destroyMethod = "close")
  LocalNode localNode(LocalNodeProperties properties) {
    return LocalNode.start(properties, InstantSource.system());
  }

  @Bean
  ElasticsearchConnectionDetails localNodeConnectionDetails(LocalNode node) {
    Node only = new Node(node.address().getHost(), node.address().getPort(), Protocol.HTTP);
    return () -> List.of(only);
  }
}
