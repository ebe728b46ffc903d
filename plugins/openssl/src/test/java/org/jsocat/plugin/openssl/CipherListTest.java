package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class CipherListTest {
    private static List<String> names(String list) {
        return CipherList.select(list).stream().map(CipherSuite::opensslName).toList();
    }

    @Test
    void namesSelectOneSuiteEach() {
        assertThat(names("ECDHE-RSA-AES128-GCM-SHA256:AES256-SHA"))
                .containsExactly("ECDHE-RSA-AES128-GCM-SHA256", "AES256-SHA");
        assertThat(names("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
                .containsExactly("ECDHE-RSA-AES128-GCM-SHA256");
    }

    @Test
    void theUsualOnesAreStrongAndAuthenticated() {
        assertThat(CipherList.select(UsualSuites.LIST))
                .isNotEmpty()
                .allMatch(suite -> suite.bits() >= 128)
                .noneMatch(suite -> suite.name().contains("anon"))
                .noneMatch(suite -> suite.words().contains("kRSA"));
        assertThat(names(UsualSuites.LIST))
                .contains("DHE-DSS-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305");
    }

    @Test
    void theUsualOnesAreWrittenOut() {
        assertThat(UsualSuites.NAMES)
                .containsExactlyElementsOf(
                        CipherList.select(UsualSuites.LIST).stream()
                                .map(CipherSuite::name)
                                .toList());
    }

    @Test
    void wordsJoinedByPlusMustAllFit() {
        assertThat(names("ECDHE+AESGCM+aRSA"))
                .containsExactly("ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-AES128-GCM-SHA256");
    }

    @Test
    void minusTakesOutAndExclamationForGood() {
        assertThat(names("AES256-SHA:-kRSA:AES256-SHA")).containsExactly("AES256-SHA");
        assertThat(names("!kRSA:AES256-SHA")).isEmpty();
    }

    @Test
    void plusMovesToTheEnd() {
        assertThat(names("AES256-SHA:AES128-SHA:+AES256"))
                .containsExactly("AES128-SHA", "AES256-SHA");
    }

    @Test
    void strengthSorts() {
        assertThat(names("AES128-SHA:AES256-SHA:@STRENGTH"))
                .containsExactly("AES256-SHA", "AES128-SHA");
    }

    @Test
    void anonymousAndPlainOnesMustBeAskedFor() {
        assertThat(names("ALL")).doesNotContain("NULL-SHA").contains("ADH-AES256-SHA");
        assertThat(names("aNULL")).contains("ADH-AES256-GCM-SHA384", "AECDH-AES128-SHA");
        assertThat(names("eNULL")).contains("NULL-SHA256", "NULL-MD5");
    }

    @Test
    void whatIsUnknownSelectsNothing() {
        assertThat(names("nonsense")).isEmpty();
        assertThat(names("nonsense:AES128-SHA")).containsExactly("AES128-SHA");
    }
}
