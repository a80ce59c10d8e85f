package com.astrobookings.logs.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.SecuredServer;
import com.astrobookings.logs.web.docs.ApiClient.Response;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page that shows the description. */
@SpringBootTest(
    classes = SecuredServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "management.endpoint.health.validate-group-membership=false")
class ApiPageTests {

  private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"\\./([^\"]+)\"");

  @LocalServerPort private int port;

  @Test
  void showsTheDescription() {
    ApiClient client = new ApiClient(port);
    Response page = client.get("/swagger-ui/index.html");
    assertThat(page.status()).isEqualTo(200);
    List<String> files =
        LINKED.matcher(page.body()).results().map(found -> found.group(1)).toList();
    assertThat(files).contains("swagger-initializer.js", "swagger-ui-bundle.js");
    for (String file : files) {
      assertThat(client.get("/swagger-ui/" + file).status()).as(file).isEqualTo(200);
    }
    assertThat(client.get("/swagger-ui/swagger-initializer.js").body())
        .contains("'../v3/api-docs'");
    Response shortcut = client.get("/swagger-ui.html");
    assertThat(shortcut.status()).isEqualTo(307);
    assertThat(shortcut.headers().getFirst("Location")).isEqualTo("swagger-ui/index.html");
  }
}
