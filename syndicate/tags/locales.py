"""Locales as Open Graph spells them: language and country, ``fr_FR``, out of a BCP 47 tag that rarely names one."""

_COUNTRIES = (
    "af_ZA ar_AR az_AZ be_BY bg_BG bn_BD br_FR bs_BA ca_ES co_FR cs_CZ cy_GB da_DK de_DE el_GR en_US eo_EO es_ES et_EE"
    " eu_ES fa_IR fi_FI fo_FO fr_FR fy_NL ga_IE gl_ES gu_IN he_IL hi_IN hr_HR hu_HU hy_AM id_ID is_IS it_IT ja_JP ka_GE"
    " kk_KZ km_KH kn_IN ko_KR ku_TR ky_KG lb_LU lo_LA lt_LT lv_LV mg_MG mk_MK ml_IN mn_MN mr_IN ms_MY mt_MT my_MM nb_NO"
    " ne_NP nl_NL nn_NO oc_FR or_IN pa_IN pl_PL ps_AF pt_BR rm_CH ro_RO ru_RU rw_RW sc_IT se_NO si_LK sk_SK sl_SI so_SO"
    " sq_AL sr_RS sv_SE sw_KE ta_IN te_IN tg_TJ th_TH tk_TM tl_PH tr_TR tt_RU uk_UA ur_PK uz_UZ vi_VN yi_DE zh_CN zu_ZA"
)
_LIKELY = {locale[:2]: locale for locale in _COUNTRIES.split()}
"""Where a language is most likely read (CLDR, likely subtags); Arabic and Esperanto as Facebook spells them."""
_OTHERWISE = {"iw": "he", "in": "id", "ji": "yi", "no": "nb", "fil": "tl"}
_TRADITIONAL = {"zh-hant": "zh_TW"}
_REGIONS = {"419": "LA"}
_PRIMARY = 2


def open_graph(language: str) -> str:
    """Return the locale of a BCP 47 tag: ``pt-BR`` is ``pt_BR``, ``fr`` is ``fr_FR``; nothing where it is not known."""
    primary, *others = language.lower().split("-")
    primary = _OTHERWISE.get(primary, primary)
    region = next((part for part in others if _is_region(part)), "")
    if region and len(primary) == _PRIMARY:
        return f"{primary}_{_REGIONS.get(region, region).upper()}"
    script = "-".join((primary, *others[:1]))
    return _TRADITIONAL.get(script) or _LIKELY.get(primary, "")


def _is_region(part: str) -> bool:
    return (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit())  # noqa: PLR2004 -- ISO 3166, UN M.49
