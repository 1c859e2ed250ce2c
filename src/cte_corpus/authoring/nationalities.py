"""English adjectives of countries, by the country's name: "Afghan", "Syrian"."""

_TABLE = """
Afghanistan: Afghan; Albania: Albanian; Algeria: Algerian; Angola: Angolan; Argentina: Argentine, Argentinian;
Armenia: Armenian; Australia: Australian; Austria: Austrian; Azerbaijan: Azerbaijani; Bahrain: Bahraini;
Bangladesh: Bangladeshi; Belarus: Belarusian; Belgium: Belgian; Benin: Beninese; Bolivia: Bolivian;
Bosnia: Bosnian; Bosnia and Herzegovina: Bosnian; Brazil: Brazilian; Britain: British; Bulgaria: Bulgarian;
Burkina Faso: Burkinabe; Cambodia: Cambodian; Cameroon: Cameroonian; Canada: Canadian; Chad: Chadian;
Chile: Chilean; China: Chinese; Colombia: Colombian; Croatia: Croatian; Cuba: Cuban; Cyprus: Cypriot;
Denmark: Danish; Djibouti: Djiboutian; Ecuador: Ecuadorian; Egypt: Egyptian; Eritrea: Eritrean;
Estonia: Estonian; Ethiopia: Ethiopian; Finland: Finnish; France: French; Gambia: Gambian; Georgia: Georgian;
Germany: German; Ghana: Ghanaian; Greece: Greek; Guinea: Guinean; Hungary: Hungarian; Iceland: Icelandic;
India: Indian; Indonesia: Indonesian; Iran: Iranian; Iraq: Iraqi; Ireland: Irish; Israel: Israeli;
Italy: Italian; Japan: Japanese; Jordan: Jordanian; Kazakhstan: Kazakh, Kazakhstani; Kenya: Kenyan;
Kosovo: Kosovar; Kuwait: Kuwaiti; Kyrgyzstan: Kyrgyz; Latvia: Latvian; Lebanon: Lebanese; Liberia: Liberian;
Libya: Libyan; Lithuania: Lithuanian; Luxembourg: Luxembourgish; Malaysia: Malaysian; Maldives: Maldivian;
Mali: Malian; Mauritania: Mauritanian; Mexico: Mexican; Moldova: Moldovan; Mongolia: Mongolian;
Montenegro: Montenegrin; Morocco: Moroccan; Mozambique: Mozambican; Myanmar: Burmese; Nepal: Nepali, Nepalese;
Netherlands: Dutch; Nigeria: Nigerian; North Korea: North Korean; North Macedonia: Macedonian;
Norway: Norwegian; Oman: Omani; Pakistan: Pakistani; Palestine: Palestinian; Panama: Panamanian;
Paraguay: Paraguayan; Peru: Peruvian; Philippines: Philippine, Filipino; Poland: Polish; Portugal: Portuguese;
Qatar: Qatari; Romania: Romanian; Russia: Russian; Rwanda: Rwandan; Saudi Arabia: Saudi; Senegal: Senegalese;
Serbia: Serbian; Sierra Leone: Leonean; Singapore: Singaporean; Slovakia: Slovak; Slovenia: Slovenian;
Somalia: Somali; South Africa: South African; South Korea: South Korean; South Sudan: South Sudanese;
Spain: Spanish; Sri Lanka: Sri Lankan; Sudan: Sudanese; Sweden: Swedish; Switzerland: Swiss; Syria: Syrian;
Taiwan: Taiwanese; Tajikistan: Tajik; Tanzania: Tanzanian; Thailand: Thai; Trinidad and Tobago: Trinidadian;
Tunisia: Tunisian; Turkey: Turkish; Turkmenistan: Turkmen; Uganda: Ugandan; Ukraine: Ukrainian;
United Arab Emirates: Emirati; United Kingdom: British; United States: American; Uruguay: Uruguayan;
Uzbekistan: Uzbek; Venezuela: Venezuelan; Vietnam: Vietnamese; Yemen: Yemeni; Zambia: Zambian;
Zimbabwe: Zimbabwean
"""

ADJECTIVES = {
    name: tuple(adjectives.split(", "))
    for name, adjectives in (entry.split(": ") for entry in " ".join(_TABLE.split()).split("; "))
}
"""The adjectives of each country by its English name."""
